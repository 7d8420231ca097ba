-- Whose customer somebody is: the one of the staff who keeps in touch. Who leaves the workspace keeps none.
set local lock_timeout = '10s';
alter table contact add column owner_id uuid;
alter table contact add constraint contact_owner_fk foreign key (workspace_id, owner_id)
    references membership (workspace_id, staff_id) on delete set null (owner_id);
create index contact_owner on contact (workspace_id, owner_id, created_at, id) where owner_id is not null;
