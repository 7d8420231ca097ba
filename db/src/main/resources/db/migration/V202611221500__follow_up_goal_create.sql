-- What a follow-up is for, as its published version says, and which of its steps try several ways. Written when it is published; what it reached is counted by it.
create table follow_up_goal (
    workspace_id uuid not null,
    follow_up_id uuid not null,
    reach text not null constraint follow_up_goal_reach_check check (reach in ('answer', 'order', 'revenue')),
    -- the survey whose answers count
    survey_key text,
    within_days integer not null constraint follow_up_goal_within_check check (within_days > 0),
    splits text[] not null default '{}',
    -- since then all that was counted has to be counted again; null: it was
    changed_at timestamptz,
    constraint follow_up_goal_pk primary key (workspace_id, follow_up_id),
    constraint follow_up_goal_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id)
);
insert into follow_up_goal (workspace_id, follow_up_id, reach, survey_key, within_days, splits, changed_at)
select f.workspace_id, f.id, case when a.survey_key is null then 'order' else 'answer' end, a.survey_key, case when a.survey_key is null then 60 else 30 end,
    array(select distinct s #>> '{}' from jsonb_path_query(v.definition, '$.**?(@.type == "split").key') s), now()
from follow_up f
join follow_up_version v on v.workspace_id = f.workspace_id and v.id = f.version_id
left join lateral (
    select min(a.survey_key) as survey_key from follow_up_ask a where a.workspace_id = f.workspace_id and a.follow_up_id = f.id) a on true;
