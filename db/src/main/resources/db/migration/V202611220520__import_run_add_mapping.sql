-- What each column of a file of responses from elsewhere is, as somebody said: {"dialect", "survey", "zone", "targets"}; null where the file names its fields itself.
set local lock_timeout = '10s';
alter table import_run add column mapping jsonb;
