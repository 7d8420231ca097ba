-- Where a workspace works on its cases elsewhere: every word of a customer is mailed there, and what comes back is mailed to the customer.
create table help_desk (
    workspace_id uuid not null constraint help_desk_workspace_fk references workspace,
    -- in lower case
    address text not null,
    -- from which the code is made that is mailed there; a new one makes the old void
    code_id uuid not null,
    asked_at timestamptz not null,
    -- codes that were typed and wrong
    tries integer not null default 0,
    -- null until the code was typed that was mailed there: nothing goes to an address of somebody else
    confirmed_at timestamptz,
    constraint help_desk_pk primary key (workspace_id)
);
create index help_desk_address on help_desk (address);
create table desk_mail (
    workspace_id uuid not null constraint desk_mail_workspace_fk references workspace,
    id uuid not null,
    -- what it tells, once: an entry, a case without words, or a code
    about_id uuid not null,
    -- null: it brings the code
    case_id uuid,
    entry_id uuid,
    address text not null,
    due_at timestamptz not null,
    attempt integer not null default 0,
    sent_at timestamptz,
    error text,
    created_at timestamptz not null,
    constraint desk_mail_pk primary key (workspace_id, id),
    constraint desk_mail_about_key unique (workspace_id, about_id)
);
create index desk_mail_due on desk_mail (due_at) where sent_at is null;
create index desk_mail_case on desk_mail (workspace_id, case_id, created_at);
-- What the other help desk has answered, so that the same message is said once.
create table desk_answer (
    workspace_id uuid not null constraint desk_answer_workspace_fk references workspace,
    -- SHA-256 of the raw message
    digest bytea not null,
    case_id uuid not null,
    at timestamptz not null,
    constraint desk_answer_pk primary key (workspace_id, digest)
);
create index desk_answer_case on desk_answer (workspace_id, case_id, at);
