-- A key by which a shop's programs speak for a workspace. Shown once, stored hashed, revocable.
create table api_key (
    workspace_id uuid not null constraint api_key_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    name text not null,
    -- the last four characters, so that people can tell their keys apart
    hint text not null,
    secret_hash bytea not null,
    created_by uuid constraint api_key_staff_fk references staff,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    constraint api_key_pk primary key (workspace_id, id),
    constraint api_key_secret_key unique (workspace_id, secret_hash)
);
