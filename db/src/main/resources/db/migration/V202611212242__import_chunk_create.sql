-- The bytes of an uploaded file, in pieces, until it was imported.
create table import_chunk (
    workspace_id uuid not null,
    run_id uuid not null,
    number integer not null,
    bytes bytea not null,
    constraint import_chunk_pk primary key (workspace_id, run_id, number),
    constraint import_chunk_run_fk foreign key (workspace_id, run_id) references import_run (workspace_id, id) on delete cascade
);
