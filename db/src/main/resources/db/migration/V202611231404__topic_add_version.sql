-- Programs change topics as people do: who has not seen the other's change is told, and puts nothing away.
alter table topic add column version integer not null default 0;
