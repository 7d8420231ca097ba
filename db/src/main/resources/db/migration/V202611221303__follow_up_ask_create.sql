-- Which surveys a follow-up asks, and after how many days it reminds at the latest: until then an invitation may still be answered. Written when it is published.
create table follow_up_ask (
    workspace_id uuid not null,
    follow_up_id uuid not null,
    survey_key text not null,
    days_to_reminder integer not null,
    constraint follow_up_ask_pk primary key (workspace_id, follow_up_id, survey_key),
    constraint follow_up_ask_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id)
);
insert into follow_up_ask (workspace_id, follow_up_id, survey_key, days_to_reminder)
select v.workspace_id, v.follow_up_id, v.definition #>> '{steps,1,survey}', coalesce((v.definition #>> '{steps,2,days}')::int, 0) from follow_up_version v;
