-- Who looks at a case or writes in it just now. Nothing is lost with it, so it is not logged.
create unlogged table case_presence (
    workspace_id uuid not null,
    case_id uuid not null,
    staff_id uuid not null constraint case_presence_staff_fk references staff,
    writes boolean not null,
    seen_at timestamptz not null,
    constraint case_presence_pk primary key (workspace_id, case_id, staff_id)
);
create index case_presence_seen on case_presence (workspace_id, seen_at);
-- By team, and the teams that there are.
create index support_case_team on support_case (workspace_id, team, latest_at, id) where team is not null;
