-- What is doubtful about a response, which counts all the same: {"speeder": {"rule": 1, "why": {"seconds": "4", "least": "11"}}}; null without.
set local lock_timeout = '10s';
alter table response add column marks jsonb;
