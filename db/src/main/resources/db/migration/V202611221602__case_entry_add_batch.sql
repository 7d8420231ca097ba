-- What was changed in many cases at once is undone at once.
alter table case_entry add column batch_id uuid;
create index case_entry_batch on case_entry (workspace_id, batch_id) where batch_id is not null;
