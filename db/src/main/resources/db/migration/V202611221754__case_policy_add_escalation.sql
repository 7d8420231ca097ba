-- After so many hours of work past a due time a case is brought to the owners; 0: never.
alter table case_policy add column escalation_hours integer not null default 8;
