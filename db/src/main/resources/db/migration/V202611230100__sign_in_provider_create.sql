-- A workspace's own OpenID Connect provider: its people sign in with the account that their company gave them.
create table sign_in_provider (
    workspace_id uuid constraint sign_in_provider_pk primary key constraint sign_in_provider_workspace_fk references workspace,
    -- what stands on the button
    label text not null,
    issuer text not null,
    client_id text not null,
    -- the client's secret, encrypted with the installation's
    client_secret bytea not null,
    -- null: set up, but nobody signs in by it
    enabled_at timestamptz,
    -- since when people sign in by nothing else
    only_since timestamptz,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    constraint sign_in_provider_only_check check (only_since is null or enabled_at is not null)
);
