-- Our own invitations that the receiving server accepted, by the day asked, and how many of them have a confirmed answer.
create table invitation_rollup (
    workspace_id uuid not null constraint invitation_rollup_workspace_fk references workspace,
    survey_id uuid not null,
    dimension text not null,
    segment text not null,
    day date not null,
    accepted integer not null,
    answered integer not null,
    constraint invitation_rollup_pk primary key (workspace_id, survey_id, dimension, segment, day)
);
-- Days are replaced as a whole.
create index invitation_rollup_day on invitation_rollup (workspace_id, survey_id, day);
