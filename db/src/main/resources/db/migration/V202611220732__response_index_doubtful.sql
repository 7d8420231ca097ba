-- What does not count is shown beside what counts; it is a small part, found without reading the rest.
create index response_doubtful on response (workspace_id, answered_at) where confirmed_at is null or discarded_at is not null;
