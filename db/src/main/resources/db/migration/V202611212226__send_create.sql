-- One planned message and what became of it; also every decision not to write, with its reason.
-- Autovacuum by count and a low fillfactor, because each row is updated three or four times in its short active life.
create table send (
    workspace_id uuid not null constraint send_workspace_fk references workspace,
    id uuid not null,
    enrollment_id uuid,
    follow_up_id uuid,
    invitation_id uuid,
    contact_id uuid not null,
    order_id uuid,
    purpose text not null,
    step text not null constraint send_step_check check (step in ('ask', 'remind')),
    state text not null constraint send_state_check check (state in ('planned', 'leased', 'submitting', 'accepted', 'rejected', 'failed', 'unknown', 'skipped')),
    skip_reason text,
    due_at timestamptz not null,
    -- later than this it is no longer sent
    not_after timestamptz not null,
    lease_until timestamptz,
    lease_token uuid,
    attempt integer not null default 0,
    -- what the receiving server, or the failure, said last
    smtp_code integer,
    smtp_reply text,
    message_id text,
    submitted_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null,
    constraint send_pk primary key (workspace_id, id),
    constraint send_once_key unique (workspace_id, enrollment_id, step),
    constraint send_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint send_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id),
    constraint send_invitation_fk foreign key (workspace_id, invitation_id) references invitation (workspace_id, id),
    constraint send_enrollment_fk foreign key (workspace_id, enrollment_id) references enrollment (workspace_id, id)
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
create index send_due on send (workspace_id, due_at, id) where state = 'planned';
-- For the reaper only: a finish is guarded by its lease token and must not be planned through this index.
create index send_leased on send (workspace_id, lease_until) where state in ('leased', 'submitting');
create index send_contact on send (workspace_id, contact_id, due_at);
create index send_order on send (workspace_id, order_id);
create index send_invitation on send (workspace_id, invitation_id);
