-- Mail that came back and belongs to no mail of ours that is known, so to no workspace: kept for 30 days for whoever runs this, and counted.
create table unmatched_message (
    digest bytea constraint unmatched_message_pk primary key,
    kind text not null,
    raw bytea not null,
    received_at timestamptz not null
);
create index unmatched_message_received on unmatched_message (received_at);
