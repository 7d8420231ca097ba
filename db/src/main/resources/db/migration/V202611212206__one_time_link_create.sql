-- A link that works once: the first owner of an installation, an invited staff member, a forgotten password. Stored hashed.
create table one_time_link (
    token_hash bytea constraint one_time_link_pk primary key,
    purpose text not null constraint one_time_link_purpose_check check (purpose in ('first-owner', 'invitation', 'password')),
    staff_id uuid constraint one_time_link_staff_fk references staff on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null
);
-- One first-owner link for all processes: whoever inserts it first shows it.
create unique index one_time_link_first_owner_key on one_time_link (purpose) where purpose = 'first-owner';
