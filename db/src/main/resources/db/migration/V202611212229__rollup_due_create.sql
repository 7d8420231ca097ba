-- Days whose roll-ups must be computed again, in the workspace's zone.
create table rollup_due (
    workspace_id uuid not null constraint rollup_due_workspace_fk references workspace,
    survey_id uuid not null,
    day date not null,
    marked_at timestamptz not null,
    constraint rollup_due_pk primary key (workspace_id, survey_id, day)
);
