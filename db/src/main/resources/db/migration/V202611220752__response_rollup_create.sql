-- How many responses count, by day in the workspace's zone; recomputed with the other roll-ups. What does not count is little, and counted from rows.
create table response_rollup (
    workspace_id uuid not null constraint response_rollup_workspace_fk references workspace,
    survey_id uuid not null,
    day date not null,
    counted integer not null,
    constraint response_rollup_pk primary key (workspace_id, survey_id, day)
);
