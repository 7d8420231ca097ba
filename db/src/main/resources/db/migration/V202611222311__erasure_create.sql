-- Who was erased, known by keyed hashes alone, so that the next import of the shop's old data neither names nor writes to them.
create table erasure (
    workspace_id uuid not null,
    contact_id uuid not null,
    address_hash bytea,
    external_id_hash bytea,
    erased_at timestamptz not null,
    -- when they came back and agreed to be known again; the hashes do nothing then
    lifted_at timestamptz,
    constraint erasure_pk primary key (workspace_id, contact_id),
    constraint erasure_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index erasure_address on erasure (workspace_id, address_hash) where lifted_at is null;
create index erasure_external_id on erasure (workspace_id, external_id_hash) where lifted_at is null;
-- The key of those hashes, sealed with afterword.secret: who has the database alone cannot try addresses.
create table erasure_key (
    only_row boolean not null default true constraint erasure_key_pk primary key constraint erasure_key_only_row_check check (only_row),
    sealed bytea not null
);
