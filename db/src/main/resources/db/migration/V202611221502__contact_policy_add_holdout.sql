-- The share of people in percent who get no marketing mail at all, so that it shows what all follow-ups together bring.
alter table contact_policy add column holdout smallint not null default 0 constraint contact_policy_holdout_check check (holdout between 0 and 20);
