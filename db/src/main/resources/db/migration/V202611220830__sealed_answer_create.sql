-- Answers to anonymous surveys that wait until there are enough to be written together. What they say is sealed with a key that is not in the database; the id is
-- random, and neither tells who or when.
create table sealed_answer (
    workspace_id uuid not null,
    survey_id uuid not null,
    id uuid not null,
    sealed bytea not null,
    constraint sealed_answer_pk primary key (workspace_id, survey_id, id),
    constraint sealed_answer_survey_fk foreign key (workspace_id, survey_id) references survey (workspace_id, id)
);
