-- A role that a workspace made for itself: a name and what its holders may do.
create table custom_role (
    workspace_id uuid not null constraint custom_role_workspace_fk references workspace,
    id uuid not null,
    name text not null,
    -- codes of permissions
    permissions text[] not null,
    created_at timestamptz not null,
    constraint custom_role_pk primary key (workspace_id, id)
);
create unique index custom_role_name_key on custom_role (workspace_id, lower(name));
