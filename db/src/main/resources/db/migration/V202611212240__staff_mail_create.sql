-- Mail to staff that waits for a worker: a link that works once. Its token stands nowhere; the worker makes it again from the link's id and the secret.
create table staff_mail (
    link_id uuid constraint staff_mail_pk primary key constraint staff_mail_link_fk references one_time_link on delete cascade,
    -- who invited, for the text; null for a forgotten password
    workspace_id uuid constraint staff_mail_workspace_fk references workspace,
    attempt integer not null default 0,
    due_at timestamptz not null,
    sent_at timestamptz,
    error text,
    created_at timestamptz not null
);
create index staff_mail_due on staff_mail (due_at) where sent_at is null;
