-- Reads what is there without keeping anybody from writing.
alter table suppression validate constraint suppression_reason_check;
