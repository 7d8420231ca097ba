-- Each batch of orders asks which codes were used on them: that read all that was ever given.
create index given_reward_order on given_reward (workspace_id, redeemed_order_id) where redeemed_order_id is not null;
