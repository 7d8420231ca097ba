-- What somebody gets: a reward that was promised for an answer, or goodwill after a problem. Without a code yet it is owed, and given when there is one.
create table given_reward (
    workspace_id uuid not null,
    id uuid not null,
    kind text not null constraint given_reward_kind_check check (kind in ('reward', 'goodwill')),
    pool_id uuid not null,
    -- as it was promised
    offer jsonb not null,
    -- null where nobody may be known
    contact_id uuid,
    -- the answer that it is for: once, ever
    invitation_id uuid,
    -- the step that gave it: once in each journey
    enrollment_id uuid,
    step text,
    -- who gave it, and for what
    staff_id uuid,
    case_id uuid,
    -- whether it is told in a mail of its own
    told boolean not null,
    send_id uuid,
    code text,
    folded text,
    given_at timestamptz,
    expires_at timestamptz,
    redeemed_at timestamptz,
    redeemed_order_id uuid,
    created_at timestamptz not null,
    constraint given_reward_pk primary key (workspace_id, id),
    constraint given_reward_answer_key unique (workspace_id, invitation_id),
    constraint given_reward_step_key unique (workspace_id, enrollment_id, step),
    constraint given_reward_pool_fk foreign key (workspace_id, pool_id) references reward_pool (workspace_id, id),
    constraint given_reward_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint given_reward_code_check check ((code is null) = (given_at is null))
);
create index given_reward_owed on given_reward (workspace_id, pool_id, id) where given_at is null;
create index given_reward_contact on given_reward (workspace_id, contact_id, created_at);
create index given_reward_pool on given_reward (workspace_id, pool_id, created_at, id);
create index given_reward_folded on given_reward (workspace_id, folded) where folded is not null;
create index given_reward_send on given_reward (workspace_id, send_id) where send_id is not null;
