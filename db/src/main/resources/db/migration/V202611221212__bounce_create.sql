-- What a receiving server or a mailbox provider said about a mail: refused, delayed, reported as spam. Once for each send and kind.
create table bounce (
    workspace_id uuid not null constraint bounce_workspace_fk references workspace,
    id uuid not null,
    send_id uuid not null,
    contact_id uuid not null,
    -- normalised, as the contact had it: suppression goes by it
    address text not null,
    kind text not null constraint bounce_kind_check check (kind in ('hard', 'soft', 'policy', 'delayed', 'spam-report')),
    -- RFC 3463
    status text,
    diagnostic text,
    -- said in a form that a standard describes; else guessed from words, or not proven to be about our mail
    sure boolean not null,
    -- null: said while we were sending it
    incoming_id uuid,
    at timestamptz not null,
    constraint bounce_pk primary key (workspace_id, id),
    constraint bounce_once_key unique (workspace_id, send_id, kind),
    constraint bounce_send_fk foreign key (workspace_id, send_id) references send (workspace_id, id),
    constraint bounce_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint bounce_incoming_fk foreign key (workspace_id, incoming_id) references incoming_message (workspace_id, id)
);
create index bounce_contact on bounce (workspace_id, contact_id, at);
create index bounce_address on bounce (workspace_id, address, at);
-- Alarms and the automatic stop of a step look at the latest.
create index bounce_at on bounce (workspace_id, at);
