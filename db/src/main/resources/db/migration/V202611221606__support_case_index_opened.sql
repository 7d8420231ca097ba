-- Reports go by when cases came in.
create index support_case_opened on support_case (workspace_id, opened_at);
