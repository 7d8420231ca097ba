-- Files that came with a mail, or go out with one; what was left out is named too. Their bytes stand apart, so that no list reads them.
create table attachment (
    workspace_id uuid not null constraint attachment_workspace_fk references workspace,
    id uuid not null,
    -- the message that brought it, or the send that takes it along
    message_id uuid not null,
    position integer not null,
    name text not null,
    type text not null,
    size bigint not null,
    -- of a picture, which was written anew as JPEG by us
    width integer,
    height integer,
    -- false: it was too large, too much, or could not be read
    kept boolean not null,
    added_at timestamptz not null,
    constraint attachment_pk primary key (workspace_id, id)
);
create index attachment_message on attachment (workspace_id, message_id, position);
create index attachment_added on attachment (workspace_id, added_at);
create table attachment_bytes (
    workspace_id uuid not null,
    attachment_id uuid not null,
    bytes bytea not null,
    constraint attachment_bytes_pk primary key (workspace_id, attachment_id),
    constraint attachment_bytes_attachment_fk foreign key (workspace_id, attachment_id) references attachment (workspace_id, id) on delete cascade
);
alter table attachment_bytes alter column bytes set storage external;
