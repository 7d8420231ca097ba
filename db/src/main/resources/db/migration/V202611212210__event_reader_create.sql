-- How far each reader has read each workspace's events.
create table event_reader (
    workspace_id uuid not null constraint event_reader_workspace_fk references workspace,
    reader text not null,
    position bigint not null,
    updated_at timestamptz not null,
    constraint event_reader_pk primary key (workspace_id, reader)
);
