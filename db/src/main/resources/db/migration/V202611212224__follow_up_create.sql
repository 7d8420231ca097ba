-- What a marketer configures: whom to write to, when, and why. Here the built-in one that asks after the delivery.
create table follow_up (
    workspace_id uuid not null constraint follow_up_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    key text not null,
    name text not null,
    level integer not null constraint follow_up_level_check check (level between 1 and 5),
    purpose text not null constraint follow_up_purpose_check check (purpose in ('questions', 'tips', 'news', 'service')),
    survey_id uuid not null,
    days_after_delivery integer not null constraint follow_up_delivery_check check (days_after_delivery >= 0),
    days_after_shipping integer not null constraint follow_up_shipping_check check (days_after_shipping >= 0),
    -- null: no reminder
    days_to_reminder integer constraint follow_up_reminder_check check (days_to_reminder > 0),
    -- null: switched off
    enabled_at timestamptz,
    created_at timestamptz not null,
    constraint follow_up_pk primary key (workspace_id, id),
    constraint follow_up_key_key unique (workspace_id, key),
    constraint follow_up_survey_fk foreign key (workspace_id, survey_id) references survey (workspace_id, id)
);
