-- What became of a journey by its follow-up's goal, for who was written to and for who was left out alike. No row for what is not compared: imported history, test orders, what began while it was off.
create table outcome (
    workspace_id uuid not null,
    enrollment_id uuid not null,
    follow_up_id uuid not null,
    contact_id uuid not null,
    held_by text,
    -- when the first message was due, or would have been, or an arm was drawn if that was earlier; the goal counts from here until the days of it are over
    since timestamptz not null,
    until timestamptz not null,
    -- {"split": "arm"}
    arms jsonb not null,
    -- the answer, or the first of the orders
    reached_at timestamptz,
    orders integer not null,
    -- of the orders in the currency of the first
    amount numeric(19, 4) not null,
    currency text,
    constraint outcome_pk primary key (workspace_id, enrollment_id),
    constraint outcome_enrollment_fk foreign key (workspace_id, enrollment_id) references enrollment (workspace_id, id) on delete cascade
);
create index outcome_since on outcome (workspace_id, follow_up_id, since);
create index outcome_contact on outcome (workspace_id, contact_id);
