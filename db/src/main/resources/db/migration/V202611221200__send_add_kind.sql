-- A follow-up may have many steps, named by the marketer: the kind says what a message is, the step which of its follow-up.
alter table send add column kind text;
update send set kind = step;
alter table send alter column kind set not null, add constraint send_kind_check check (kind in ('ask', 'remind', 'mail')), drop constraint send_step_check;
