-- What goes to a whole audience waits in a lane of its own, so that it delays nothing that one person waits for. Within a lane all may be due at the same moment:
-- the index has the id too, and claims begin where the last one ended.
alter table send add column bulk boolean not null default false;
drop index send_due;
create index send_due on send (workspace_id, bulk, due_at, id) where state = 'planned';
