-- A mail can also say where somebody signs in with their company's account.
alter table staff_mail add column door boolean not null default false;
alter table staff_mail drop constraint staff_mail_content_check,
    add constraint staff_mail_content_check check (link_id is not null
        or (workspace_id is not null and (door or notices or (follow_up_id is not null and language is not null)))) not valid;
