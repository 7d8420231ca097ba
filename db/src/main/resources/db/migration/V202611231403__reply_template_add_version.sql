-- Two who changed a reply that is kept ready at once did not hear of each other: the later put the earlier's words away.
alter table reply_template add column version integer not null default 0;
