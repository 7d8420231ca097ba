-- Events that a reader could not handle: tried again until five attempts, then set aside and shown.
create table event_failure (
    workspace_id uuid not null constraint event_failure_workspace_fk references workspace,
    reader text not null,
    event_id uuid not null,
    attempts integer not null,
    error text not null,
    failed_at timestamptz not null,
    set_aside_at timestamptz,
    constraint event_failure_pk primary key (workspace_id, reader, event_id)
);
