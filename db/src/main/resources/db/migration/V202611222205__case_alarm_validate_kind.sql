-- Checked apart from the change, so that nobody waits for it.
alter table case_alarm validate constraint case_alarm_kind_check;
