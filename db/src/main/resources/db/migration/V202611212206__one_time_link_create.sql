-- A link that works once: the first owner of an installation, an invited staff member, a forgotten password.
-- The token in the link is an HMAC over the id and is kept hashed: who reads this table cannot make a link of it.
create table one_time_link (
    id uuid constraint one_time_link_pk primary key,
    token_hash bytea not null constraint one_time_link_token_key unique,
    purpose text not null constraint one_time_link_purpose_check check (purpose in ('first-owner', 'invitation', 'password')),
    staff_id uuid constraint one_time_link_staff_fk references staff on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null
);
-- One first-owner link for all processes: whoever comes later shows the same.
create unique index one_time_link_first_owner_key on one_time_link (purpose) where purpose = 'first-owner';
create index one_time_link_staff on one_time_link (staff_id);
