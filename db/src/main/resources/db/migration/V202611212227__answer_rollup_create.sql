-- Confirmed answers per question, version, day in the workspace's zone and one dimension; recomputed for the days touched, never incremented.
-- The dimension '' with the segment '' holds all answers.
create table answer_rollup (
    workspace_id uuid not null constraint answer_rollup_workspace_fk references workspace,
    survey_id uuid not null,
    question_key text not null,
    version_id uuid not null,
    dimension text not null,
    segment text not null,
    day date not null,
    n integer not null,
    -- how many answered 0, 1, 2 … 10
    counts integer[] not null,
    constraint answer_rollup_pk primary key (workspace_id, survey_id, question_key, dimension, segment, day, version_id)
);
-- Days are replaced as a whole.
create index answer_rollup_day on answer_rollup (workspace_id, survey_id, day);
