-- Who has gone to a provider and is to come back, to whichever process that is. Lives for ten minutes, and each works once.
create table provider_visit (
    workspace_id uuid not null constraint provider_visit_workspace_fk references workspace,
    state_hash bytea not null,
    -- of what the browser's cookie holds: nobody else comes back with it
    browser_hash bytea not null,
    -- what was agreed with the provider, encrypted with the installation's secret
    agreed bytea not null,
    created_at timestamptz not null,
    constraint provider_visit_pk primary key (workspace_id, state_hash)
);
create index provider_visit_created on provider_visit (created_at);
