-- An address that must not be written to: for one purpose, or (purpose null) for all.
create table suppression (
    workspace_id uuid not null constraint suppression_workspace_fk references workspace,
    id uuid not null,
    address text not null,
    purpose text constraint suppression_purpose_check check (purpose in ('questions', 'tips', 'news', 'service')),
    reason text not null constraint suppression_reason_check check (reason in ('unsubscribed', 'hard-bounce', 'spam-report', 'by-staff', 'by-api', 'erased')),
    created_at timestamptz not null,
    constraint suppression_pk primary key (workspace_id, id),
    constraint suppression_once_key unique nulls not distinct (workspace_id, address, purpose)
);
