-- A person whom the shop knows.
create table contact (
    workspace_id uuid not null constraint contact_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    external_id text,
    email text,
    -- trimmed and lower-cased: what identity, suppression, consent and quarantine go by
    address text,
    name text,
    locale text,
    time_zone text,
    country text,
    attributes jsonb not null default '{}',
    -- written by the ladder
    stage text not null default 'prospect' constraint contact_stage_check check (stage in ('prospect', 'customer', 'client', 'supporter', 'advocate')),
    stage_at timestamptz,
    -- the source's own time of its last change
    updated_at timestamptz,
    created_at timestamptz not null,
    constraint contact_pk primary key (workspace_id, id),
    constraint contact_external_id_key unique (workspace_id, external_id)
);
-- One person by address among contacts without an externalId.
create unique index contact_address_key on contact (workspace_id, address) where external_id is null;
create index contact_address on contact (workspace_id, address);
