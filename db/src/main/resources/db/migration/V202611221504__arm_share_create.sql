-- How large a share of those who come to a split each arm gets, where it learns, with what that rests on. No row: the weights that stand in it.
create table arm_share (
    workspace_id uuid not null,
    follow_up_id uuid not null,
    split text not null,
    arm text not null,
    share double precision not null constraint arm_share_share_check check (share > 0 and share <= 1),
    -- journeys whose time for the goal is over, and how many of them reached it
    people integer not null,
    reached integer not null,
    weighed_at timestamptz not null,
    constraint arm_share_pk primary key (workspace_id, follow_up_id, split, arm),
    constraint arm_share_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id)
);
