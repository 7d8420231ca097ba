-- A file that somebody uploaded to be imported, how far it has come, and what it did; kept so that one may leave and come back, to any machine.
create table import_run (
    workspace_id uuid not null constraint import_run_workspace_fk references workspace,
    id uuid not null,
    kind text not null constraint import_run_kind_check check (kind in ('orders', 'responses', 'contacts', 'products')),
    format text not null constraint import_run_format_check check (format in ('ndjson', 'csv')),
    file_name text not null,
    bytes bigint not null default 0,
    bytes_read bigint not null default 0,
    -- who uploaded it; null once that person has left
    staff_id uuid,
    state text not null constraint import_run_state_check check (state in ('uploading', 'uploaded', 'queued', 'running', 'finished', 'failed')),
    lease_until timestamptz,
    lines bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    failed bigint not null default 0,
    -- the first 1,000: [{"line": 7, "field": "status", "code": "order.status-unknown", "arguments": ["sent"]}]
    failures jsonb not null default '[]',
    -- why it could not be read at all
    problem text,
    created_at timestamptz not null,
    finished_at timestamptz,
    constraint import_run_pk primary key (workspace_id, id)
);
create index import_run_waiting on import_run (workspace_id, lease_until) where state in ('queued', 'running');
