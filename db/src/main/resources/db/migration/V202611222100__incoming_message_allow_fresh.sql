-- What people write of themselves answers no mail of ours: it is known by the support address that it went to, by the thread of what they wrote before, or somebody took it in by hand.
alter table incoming_message alter column send_id drop not null,
    add column answers_id uuid,
    drop constraint incoming_message_matched_by_check,
    add constraint incoming_message_matched_by_check check (matched_by in ('token', 'message-id', 'link', 'thread', 'sender', 'address', 'hand')) not valid;
