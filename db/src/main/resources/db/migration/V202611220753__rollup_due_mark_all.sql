-- Responses of all days are counted once by the new roll-up.
insert into rollup_due (workspace_id, survey_id, day, marked_at)
select distinct workspace_id, survey_id, day, now() from answer_rollup
on conflict (workspace_id, survey_id, day) do nothing;
