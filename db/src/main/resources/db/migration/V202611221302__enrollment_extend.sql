-- One contact, or one order, going through a follow-up: what is behind it, where it stands, and when it is looked at again.
alter table enrollment
    add column version_id uuid,
    -- what it is once for: an order, a contact, a response …
    add column occurrence text,
    add column begun_at timestamptz,
    add column response_id uuid,
    add column imported boolean not null default false,
    -- in the group that is left out, so that the others can be compared with it
    add column holdout boolean not null default false,
    -- the steps behind it, apart from messages, by their key: {"which": {"at": "…", "way": "low"}}
    add column passed jsonb not null default '{}',
    add column step text,
    add column due_at timestamptz,
    add column end_reason text,
    alter column order_id drop not null,
    drop constraint enrollment_order_key;
update enrollment e set version_id = f.version_id, occurrence = e.order_id::text, begun_at = e.created_at
from follow_up f where f.workspace_id = e.workspace_id and f.id = e.follow_up_id;
alter table enrollment
    alter column version_id set not null,
    alter column occurrence set not null,
    alter column begun_at set not null,
    drop column invitation_id,
    add constraint enrollment_once_key unique (workspace_id, follow_up_id, occurrence),
    add constraint enrollment_version_fk foreign key (workspace_id, version_id) references follow_up_version (workspace_id, id);
create index enrollment_due on enrollment (workspace_id, due_at, id) where ended_at is null and due_at is not null;
create index enrollment_running on enrollment (workspace_id, contact_id) where ended_at is null;
create index enrollment_order on enrollment (workspace_id, order_id) where order_id is not null;
-- How many stand at which step.
create index enrollment_step on enrollment (workspace_id, follow_up_id, step) where ended_at is null;
