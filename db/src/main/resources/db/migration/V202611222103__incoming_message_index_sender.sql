-- How much one sender wrote lately.
create index incoming_message_sender on incoming_message (workspace_id, sender, received_at) where sender is not null;
