-- A mail can also say what happened: everything in staff_notice that names it.
alter table staff_mail add column notices boolean not null default false;
alter table staff_mail drop constraint staff_mail_content_check,
    add constraint staff_mail_content_check check (link_id is not null
        or (workspace_id is not null and (notices or (follow_up_id is not null and language is not null)))) not valid;
