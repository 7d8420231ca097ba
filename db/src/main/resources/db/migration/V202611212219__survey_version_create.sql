-- What exactly was asked: immutable once published. The newest by number is the one that is asked.
create table survey_version (
    workspace_id uuid not null,
    id uuid not null,
    survey_id uuid not null,
    number integer not null,
    definition jsonb not null,
    published_at timestamptz not null,
    constraint survey_version_pk primary key (workspace_id, id),
    constraint survey_version_number_key unique (workspace_id, survey_id, number),
    constraint survey_version_survey_fk foreign key (workspace_id, survey_id) references survey (workspace_id, id)
);
