-- What an answer is about can open a case: one of these topics.
set local lock_timeout = '10s';
alter table case_rule add column topics uuid[] not null default '{}';
