-- What a follow-up says at a time. A version never changes: who is inside goes on with theirs, or is moved to the next.
create table follow_up_version (
    workspace_id uuid not null,
    id uuid not null,
    follow_up_id uuid not null,
    number integer not null,
    definition jsonb not null,
    published_at timestamptz not null,
    constraint follow_up_version_pk primary key (workspace_id, id),
    constraint follow_up_version_number_key unique (workspace_id, follow_up_id, number),
    constraint follow_up_version_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id)
);
insert into follow_up_version (workspace_id, id, follow_up_id, number, definition, published_at)
select f.workspace_id, gen_random_uuid(), f.id, 1, jsonb_build_object('level', f.level, 'purpose', f.purpose, 'trigger', jsonb_build_object('on', 'order-placed'), 'steps',
    jsonb_build_array(
        jsonb_build_object('key', 'delivery', 'type', 'await-delivery', 'days', f.days_after_delivery, 'daysAfterShipping', f.days_after_shipping),
        jsonb_build_object('key', 'ask', 'type', 'ask', 'survey', s.key))
    || case when f.days_to_reminder is null then '[]'::jsonb else jsonb_build_array(
        jsonb_build_object('key', 'pause', 'type', 'wait', 'days', f.days_to_reminder),
        jsonb_build_object('key', 'remind', 'type', 'remind', 'ask', 'ask')) end), f.created_at
from follow_up f join survey s on s.workspace_id = f.workspace_id and s.id = f.survey_id;
