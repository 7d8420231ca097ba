-- A pair of keys by which a workspace signs its mail (DKIM, RFC 6376 and 8463) for the domain that it sends from. Making new keys adds a pair; the one before
-- signs until the new one's records are published.
create table sender_domain (
    workspace_id uuid not null constraint sender_domain_workspace_fk references workspace,
    id uuid not null,
    domain text not null,
    rsa_selector text not null,
    -- as they stand in the record's p=
    rsa_public text not null,
    -- PKCS #8, encrypted with the installation's secret
    rsa_private bytea not null,
    ed25519_selector text not null,
    ed25519_public text not null,
    ed25519_private bytea not null,
    created_at timestamptz not null,
    -- null: waits for its records
    active_at timestamptz,
    retired_at timestamptz,
    constraint sender_domain_pk primary key (workspace_id, id)
);
create unique index sender_domain_active_key on sender_domain (workspace_id, domain) where active_at is not null and retired_at is null;
create unique index sender_domain_waiting_key on sender_domain (workspace_id, domain) where active_at is null;
