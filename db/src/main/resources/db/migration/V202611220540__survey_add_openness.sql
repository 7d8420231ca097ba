-- When a survey takes answers, how many, and from whom; which links it has stands in settings.
set local lock_timeout = '10s';
alter table survey
    add column opens_at timestamptz,
    add column closes_at timestamptz,
    add column quota integer,
    add column one_answer boolean not null default false,
    add column anonymous boolean not null default false,
    add constraint survey_quota_check check (quota > 0),
    add constraint survey_times_check check (closes_at > opens_at);
