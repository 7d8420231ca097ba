-- Apart from the change itself, so that nobody waits for it.
alter table incoming_message validate constraint incoming_message_matched_by_check;
