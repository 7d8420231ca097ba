-- A day that staff promised a customer rings too, where nothing came until then.
set local lock_timeout = '10s';
alter table case_alarm drop constraint case_alarm_kind_check;
alter table case_alarm add constraint case_alarm_kind_check check (kind in
    ('first-soon', 'first-breached', 'first-escalated', 'solve-soon', 'solve-breached', 'solve-escalated', 'promise-breached')) not valid;
