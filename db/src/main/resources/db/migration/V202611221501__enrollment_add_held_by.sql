-- Who is left out to compare: of this follow-up alone, or of all marketing of the workspace.
alter table enrollment add column held_by text constraint enrollment_held_by_check check (held_by in ('follow-up', 'workspace'));
update enrollment set held_by = 'follow-up' where holdout;
