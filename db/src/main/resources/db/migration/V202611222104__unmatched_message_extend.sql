-- Whose support address it went to, why no case was made of it, and what a person needs to make one all the same.
alter table unmatched_message add column id uuid not null default gen_random_uuid(),
    add column workspace_id uuid constraint unmatched_message_workspace_fk references workspace,
    add column reason text,
    add column sender text,
    add column name text,
    add column subject text,
    add column words text,
    add column message_id text,
    -- the case that somebody made of it
    add column case_id uuid,
    add constraint unmatched_message_id_key unique (id);
create index unmatched_message_workspace on unmatched_message (workspace_id, received_at, id) where case_id is null;
