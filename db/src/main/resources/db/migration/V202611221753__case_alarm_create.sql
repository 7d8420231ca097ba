-- What time does to a case: warns, says that it is too late, and brings it to the owners. A row goes when its time has come.
create table case_alarm (
    workspace_id uuid not null,
    case_id uuid not null,
    kind text not null constraint case_alarm_kind_check
        check (kind in ('first-soon', 'first-breached', 'first-escalated', 'solve-soon', 'solve-breached', 'solve-escalated')),
    at timestamptz not null,
    -- the time that it is about
    due_at timestamptz not null,
    constraint case_alarm_pk primary key (workspace_id, case_id, kind),
    constraint case_alarm_case_fk foreign key (workspace_id, case_id) references support_case (workspace_id, id) on delete cascade
);
create index case_alarm_at on case_alarm (workspace_id, at);
set local lock_timeout = '10s';
-- who opened it by hand
alter table support_case add column opened_by uuid;
alter table support_case add column escalated_at timestamptz;
create index support_case_snoozed on support_case (workspace_id, snoozed_until) where snoozed_until is not null and status in ('open', 'waiting');
-- Cases that run already: what is still to come, a quarter of the time before it.
insert into case_alarm (workspace_id, case_id, kind, at, due_at)
    select workspace_id, id, 'first-soon', first_due_at - (first_due_at - opened_at) / 4, first_due_at from support_case
        where status in ('open', 'waiting') and first_answered_at is null and first_due_at > now()
    union all select workspace_id, id, 'first-breached', first_due_at, first_due_at from support_case
        where status in ('open', 'waiting') and first_answered_at is null and first_due_at > now()
    union all select workspace_id, id, 'solve-soon', solve_due_at - (solve_due_at - opened_at) / 4, solve_due_at from support_case
        where status in ('open', 'waiting') and solve_due_at > now()
    union all select workspace_id, id, 'solve-breached', solve_due_at, solve_due_at from support_case
        where status in ('open', 'waiting') and solve_due_at > now();
