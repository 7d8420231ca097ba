-- A domain that is new to mailbox providers: how many mails may go out from it a day, while that grows.
create table warm_up (
    workspace_id uuid not null constraint warm_up_workspace_fk references workspace,
    domain text not null,
    -- a day of the workspace
    first_day date not null,
    first_cap integer not null constraint warm_up_first_cap_check check (first_cap > 0),
    growth double precision not null constraint warm_up_growth_check check (growth >= 1 and growth <= 2),
    constraint warm_up_pk primary key (workspace_id, domain)
);
