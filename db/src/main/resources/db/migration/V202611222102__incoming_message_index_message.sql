-- The mail that an answer in the same thread names, and the same mail that came by two addresses.
create index incoming_message_message on incoming_message (workspace_id, message_id) where message_id is not null;
