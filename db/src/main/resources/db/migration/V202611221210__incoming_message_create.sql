-- Mail that came back, raw for 30 days so that a decision can be looked into, and then only what was made of it.
create table incoming_message (
    workspace_id uuid not null constraint incoming_message_workspace_fk references workspace,
    id uuid not null,
    -- SHA-256 of the raw message: fetched twice, it changes nothing
    digest bytea not null,
    kind text not null constraint incoming_message_kind_check check (kind in ('hard', 'soft', 'policy', 'delayed', 'spam-report', 'automatic', 'reply')),
    -- what it is about, and by what it was known: a token, a message id, a link, or only who wrote it
    send_id uuid not null,
    contact_id uuid not null,
    matched_by text not null constraint incoming_message_matched_by_check check (matched_by in ('token', 'message-id', 'link', 'sender')),
    message_id text,
    sender text,
    subject text not null,
    -- of a reply only: what the person wrote, without what they quote
    words text,
    -- gzip (RFC 1952); null after 30 days
    raw bytea,
    received_at timestamptz not null,
    constraint incoming_message_pk primary key (workspace_id, id),
    constraint incoming_message_once_key unique (workspace_id, digest),
    constraint incoming_message_send_fk foreign key (workspace_id, send_id) references send (workspace_id, id),
    constraint incoming_message_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index incoming_message_contact on incoming_message (workspace_id, contact_id, received_at);
-- Finding what is to be forgotten.
create index incoming_message_raw on incoming_message (workspace_id, received_at) where raw is not null;
