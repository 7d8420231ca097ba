-- A record of a person that names no time says only that they agreed some time before it was changed: that must not overrule what they refused meanwhile.
set local lock_timeout = '10s';
alter table consent add column dated boolean not null default true;
