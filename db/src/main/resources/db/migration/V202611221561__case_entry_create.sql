-- What happened in a case, in order. Entries are added and never changed.
create table case_entry (
    workspace_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    kind text not null constraint case_entry_kind_check check (kind in ('said', 'reply', 'note', 'call', 'change', 'gift')),
    -- null for the customer, and for what happened by itself
    staff_id uuid,
    words text not null,
    -- who is to look at a note
    mentions uuid[] not null default '{}',
    -- what was changed, from what to what
    change jsonb,
    -- the mail that went out, or came in
    send_id uuid,
    incoming_id uuid,
    gift_id uuid,
    at timestamptz not null,
    constraint case_entry_pk primary key (workspace_id, id),
    constraint case_entry_incoming_key unique (workspace_id, incoming_id),
    constraint case_entry_case_fk foreign key (workspace_id, case_id) references support_case (workspace_id, id)
);
create index case_entry_case on case_entry (workspace_id, case_id, at, id);
create index case_entry_send on case_entry (workspace_id, send_id) where send_id is not null;
create index case_entry_mention on case_entry using gin (mentions) where mentions <> '{}';
