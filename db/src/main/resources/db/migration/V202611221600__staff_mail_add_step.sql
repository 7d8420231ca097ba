-- A test mail can be that of any step of a follow-up; null: its first question.
alter table staff_mail add column step text;
