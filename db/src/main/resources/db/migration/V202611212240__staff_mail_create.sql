-- Mail to staff that waits for a worker: a link that works once (its token stands nowhere: the worker makes it again from the link's id and the secret),
-- or a follow-up's mail as a test.
create table staff_mail (
    id uuid constraint staff_mail_pk primary key,
    staff_id uuid not null constraint staff_mail_staff_fk references staff on delete cascade,
    link_id uuid constraint staff_mail_link_fk references one_time_link on delete cascade,
    -- who invites or tests; null for a forgotten password
    workspace_id uuid constraint staff_mail_workspace_fk references workspace,
    follow_up_id uuid,
    language text,
    attempt integer not null default 0,
    due_at timestamptz not null,
    sent_at timestamptz,
    error text,
    created_at timestamptz not null,
    constraint staff_mail_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id) on delete cascade,
    constraint staff_mail_content_check check (link_id is not null or (workspace_id is not null and follow_up_id is not null and language is not null))
);
create index staff_mail_due on staff_mail (due_at) where sent_at is null;
create index staff_mail_link on staff_mail (link_id);
