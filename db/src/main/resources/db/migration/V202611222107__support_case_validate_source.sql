-- Apart from the change itself, so that nobody waits for it.
alter table support_case validate constraint support_case_source_check;
