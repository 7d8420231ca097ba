-- A follow-up is a list of steps now: what it says stands in its versions, and what is being written of the next beside it.
alter table follow_up
    add column version_id uuid,
    add column draft jsonb,
    add column draft_version integer not null default 0,
    add column archived_at timestamptz;
update follow_up f set version_id = v.id from follow_up_version v where v.workspace_id = f.workspace_id and v.follow_up_id = f.id;
alter table follow_up
    drop column level, drop column purpose, drop column survey_id, drop column days_after_delivery, drop column days_after_shipping, drop column days_to_reminder,
    add constraint follow_up_version_fk foreign key (workspace_id, version_id) references follow_up_version (workspace_id, id);
