-- Where codes come from: a stock of single codes, or one fixed code for all, and what a code is worth now. What was promised keeps the offer that it was promised with.
create table reward_pool (
    workspace_id uuid not null constraint reward_pool_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    -- what follow-ups and the API call it
    key text not null,
    name text not null,
    -- null: each code is given once
    fixed_code text,
    offer jsonb not null,
    -- with so many codes left or fewer staff is warned
    warn_at integer not null,
    warned_at timestamptz,
    archived_at timestamptz,
    created_at timestamptz not null,
    constraint reward_pool_pk primary key (workspace_id, id),
    constraint reward_pool_key unique (workspace_id, key)
);
create table reward_code (
    workspace_id uuid not null,
    id uuid not null,
    pool_id uuid not null,
    code text not null,
    -- as shops compare codes: in capitals or not
    folded text not null,
    given_at timestamptz,
    created_at timestamptz not null,
    constraint reward_code_pk primary key (workspace_id, id),
    -- in one pool only: an order that carries it says which
    constraint reward_code_once_key unique (workspace_id, folded),
    constraint reward_code_pool_fk foreign key (workspace_id, pool_id) references reward_pool (workspace_id, id)
);
-- Taking the next one, however many were given before.
create index reward_code_free on reward_code (workspace_id, pool_id, id) where given_at is null;
