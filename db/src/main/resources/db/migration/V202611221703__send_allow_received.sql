-- Says that what somebody wrote on the feedback page has arrived.
alter table send drop constraint send_kind_check, add constraint send_kind_check check (kind in ('ask', 'remind', 'mail', 'reward', 'reply', 'received')) not valid;
