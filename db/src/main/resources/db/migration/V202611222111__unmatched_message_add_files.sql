-- What came with a mail of which no case was made, by name: it is not kept.
alter table unmatched_message add column files text[] not null default '{}';
