-- Earlier states of what is being written of a survey, so that a change can be taken back and made again. About fifty are kept.
create table survey_draft (
    workspace_id uuid not null,
    survey_id uuid not null,
    redo boolean not null,
    number integer not null,
    name text not null,
    definition jsonb not null,
    constraint survey_draft_pk primary key (workspace_id, survey_id, redo, number),
    constraint survey_draft_survey_fk foreign key (workspace_id, survey_id) references survey (workspace_id, id) on delete cascade
);
