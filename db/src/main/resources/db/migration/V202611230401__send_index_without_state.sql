-- Neither index names the state any more: an update that changes no column of an index and none of its condition is written in place (heap-only), without an
-- entry in any index. What is planned is what nobody holds and what has no end; what is held has a lease.
alter table send add constraint send_planned_check check ((state = 'planned') = (lease_until is null and finished_at is null)) not valid;
drop index send_due;
create index send_due on send (workspace_id, bulk, due_at, id) where lease_until is null and finished_at is null;
-- For the reaper only: a finish is guarded by its lease token and must not be planned through this index.
drop index send_leased;
create index send_leased on send (lease_until) where lease_until is not null;
