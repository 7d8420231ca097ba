-- Each move of a contact on the loyalty ladder, with its evidence.
create table ladder_move (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    from_stage text not null,
    to_stage text not null,
    at timestamptz not null,
    -- ids and counts that made the rule hold, as {"orders": 2, "responseId": "…", "recommend": 9}
    evidence jsonb not null,
    constraint ladder_move_pk primary key (workspace_id, id),
    constraint ladder_move_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index ladder_move_contact on ladder_move (workspace_id, contact_id, at);
