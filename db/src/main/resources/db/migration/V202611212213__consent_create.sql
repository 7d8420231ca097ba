-- What a person said about being written to, with its source and time. The latest by time counts, an explicit refusal always wins over a ground.
create table consent (
    workspace_id uuid not null constraint consent_workspace_fk references workspace,
    id uuid not null,
    address text not null,
    purpose text not null constraint consent_purpose_check check (purpose in ('questions', 'tips', 'news', 'service')),
    granted boolean not null,
    at timestamptz not null,
    source text not null,
    constraint consent_pk primary key (workspace_id, id),
    constraint consent_once_key unique (workspace_id, address, purpose, at)
);
