-- A person who was erased: the row stays, without anything that names them, so that orders and answers still count.
set local lock_timeout = '10s';
alter table contact add column erased_at timestamptz;
