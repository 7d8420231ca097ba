-- Where several mails want the same place in a person's week, the lower number goes first. Cleared: this lease has taken a place, so that two workers never take the same.
alter table send add column priority smallint not null default 4, add column cleared_at timestamptz;
