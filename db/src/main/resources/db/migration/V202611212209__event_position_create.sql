-- The last position given in each workspace. Its row is locked by the one process that numbers.
create table event_position (
    workspace_id uuid constraint event_position_pk primary key constraint event_position_workspace_fk references workspace,
    position bigint not null
);
