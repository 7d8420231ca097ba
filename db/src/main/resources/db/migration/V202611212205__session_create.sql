-- A signed-in browser. Only the hash of its id is kept; sessions live here so that every web process knows them.
create table session (
    id_hash bytea constraint session_pk primary key,
    staff_id uuid not null constraint session_staff_fk references staff on delete cascade,
    csrf_token text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null
);
create index session_staff on session (staff_id);
