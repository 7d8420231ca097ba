-- The log is read by who did it: a page of one person, or of one key, however much others did.
create index audit_entry_who on audit_entry (workspace_id, (coalesce(staff_id, api_key_id)), id);
