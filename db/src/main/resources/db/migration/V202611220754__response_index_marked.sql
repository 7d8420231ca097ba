-- Doubtful responses are a small part, found without reading the rest.
create index response_marked on response (workspace_id, answered_at) where marks is not null;
