-- What became of each step's messages is counted by follow-up and time.
create index send_follow_up on send (workspace_id, follow_up_id, created_at) where follow_up_id is not null;
create index enrollment_begun on enrollment (workspace_id, follow_up_id, begun_at);
