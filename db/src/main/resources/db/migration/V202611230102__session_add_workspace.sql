-- A session that a workspace's provider vouched for opens that workspace and no other: the provider speaks for nobody elsewhere. Null: by the person's own password.
alter table session add column workspace_id uuid constraint session_workspace_fk references workspace;
create index session_workspace on session (workspace_id) where workspace_id is not null;
