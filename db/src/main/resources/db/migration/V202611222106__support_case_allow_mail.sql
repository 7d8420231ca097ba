-- Mail to the support address opens cases.
alter table support_case drop constraint support_case_source_check,
    add constraint support_case_source_check check (source in ('rule', 'reply', 'mail', 'hand', 'follow-up', 'page')) not valid;
