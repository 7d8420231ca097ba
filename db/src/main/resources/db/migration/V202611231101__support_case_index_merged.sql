-- Every page of a case reads what was merged into it: one look into this index, instead of into all cases of the workspace.
create index support_case_merged on support_case (workspace_id, merged_into) where merged_into is not null;
