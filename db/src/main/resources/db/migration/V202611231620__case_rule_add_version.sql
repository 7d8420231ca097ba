-- Two who changed a rule that opens cases at once did not hear of each other: the later put the earlier's away.
alter table case_rule add column version integer not null default 0;
