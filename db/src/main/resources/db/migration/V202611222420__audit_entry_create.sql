-- The audit log: who changed what, and who looked at whom. Only appended to: the database itself refuses everything else.
create table audit_entry (
    workspace_id uuid not null constraint audit_entry_workspace_fk references workspace,
    id uuid not null,
    at timestamptz not null,
    -- people and keys by their ids only
    staff_id uuid,
    api_key_id uuid,
    permission text not null,
    changed boolean not null,
    -- the page or call as it is mapped; never what was typed
    place text not null,
    -- the ids and keys in its address, and in the address it led to
    subjects text not null,
    status integer not null,
    constraint audit_entry_pk primary key (workspace_id, id)
);
-- The line in which the entries of a workspace stand: each link is a hash over the one before and its entry.
create table audit_link (
    workspace_id uuid not null,
    position bigint not null,
    entry_id uuid not null,
    hash bytea not null,
    constraint audit_link_pk primary key (workspace_id, position),
    constraint audit_link_entry_key unique (workspace_id, entry_id),
    constraint audit_link_entry_fk foreign key (workspace_id, entry_id) references audit_entry (workspace_id, id)
);
-- What is not in the line yet; nearly empty at all times.
create table audit_waiting (
    workspace_id uuid not null,
    entry_id uuid not null,
    constraint audit_waiting_pk primary key (workspace_id, entry_id)
);
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only appended to', tg_table_name;
end $$;
create trigger audit_entry_only_grows before update or delete or truncate on audit_entry for each statement execute function refuse_change();
create trigger audit_link_only_grows before update or delete or truncate on audit_link for each statement execute function refuse_change();
