-- A step of a follow-up that was stopped by itself because of what came back, and when somebody let it go on.
create table step_stop (
    workspace_id uuid not null constraint step_stop_workspace_fk references workspace,
    id uuid not null,
    follow_up_id uuid not null,
    -- the key of the step
    step text not null,
    reason text not null constraint step_stop_reason_check check (reason in ('spam-reports', 'bounces')),
    -- of so many mails so many did harm
    sent integer not null,
    harmed integer not null,
    stopped_at timestamptz not null,
    lifted_at timestamptz,
    lifted_by uuid,
    constraint step_stop_pk primary key (workspace_id, id)
);
create unique index step_stop_standing_key on step_stop (workspace_id, follow_up_id, step) where lifted_at is null;
