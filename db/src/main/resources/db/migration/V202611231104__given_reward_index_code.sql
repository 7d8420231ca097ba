-- A code of an order is looked for pool by pool, so that one that is given to all is not read once for everybody who got it.
create index given_reward_code on given_reward (workspace_id, pool_id, folded, id) where folded is not null and redeemed_at is null;
