-- The log is read by whether something was changed, or only looked at.
create index audit_entry_changed on audit_entry (workspace_id, changed, id);
