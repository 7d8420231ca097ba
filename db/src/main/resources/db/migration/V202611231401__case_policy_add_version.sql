-- Two who changed service hours and due times at once did not hear of each other: the later put the earlier's away. 0 is what nobody has changed yet.
alter table case_policy add column version integer not null default 1;
