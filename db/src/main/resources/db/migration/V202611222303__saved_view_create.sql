-- A look at the inbox that somebody keeps under a name, for themselves or for everybody.
create table saved_view (
    workspace_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    shared boolean not null,
    name text not null,
    view text not null,
    search text,
    team text,
    created_at timestamptz not null,
    constraint saved_view_pk primary key (workspace_id, id),
    constraint saved_view_membership_fk foreign key (workspace_id, staff_id) references membership (workspace_id, staff_id) on delete cascade
);
create unique index saved_view_name on saved_view (workspace_id, staff_id, lower(name));
create index saved_view_shared on saved_view (workspace_id) where shared;
