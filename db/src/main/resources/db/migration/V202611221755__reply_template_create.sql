-- What support says again and again, in Markdown with merge fields, by language.
create table reply_template (
    workspace_id uuid not null constraint reply_template_workspace_fk references workspace,
    id uuid not null,
    name text not null,
    words jsonb not null,
    created_at timestamptz not null,
    constraint reply_template_pk primary key (workspace_id, id)
);
create unique index reply_template_name on reply_template (workspace_id, lower(name));
