-- Apart from the change itself, so that nobody waits while the rows are read.
alter table staff_mail validate constraint staff_mail_content_check;
