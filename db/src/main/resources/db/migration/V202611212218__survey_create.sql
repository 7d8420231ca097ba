-- A questionnaire; what is asked stands in its versions.
create table survey (
    workspace_id uuid not null constraint survey_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    key text not null,
    name text not null,
    created_at timestamptz not null,
    constraint survey_pk primary key (workspace_id, id),
    constraint survey_key_key unique (workspace_id, key)
);
