-- What the shop did about what customers said, and when; those who said it are told once.
create table topic_change (
    workspace_id uuid not null,
    id uuid not null,
    topic_id uuid not null,
    -- from which on it holds, in the workspace's zone
    day date not null,
    -- language -> what was done, in the customer's words
    words jsonb not null,
    staff_id uuid,
    created_at timestamptz not null,
    -- when those who said it were to be told
    announced_at timestamptz,
    constraint topic_change_pk primary key (workspace_id, id),
    constraint topic_change_topic_fk foreign key (workspace_id, topic_id) references topic (workspace_id, id) on delete cascade
);
create index topic_change_topic on topic_change (workspace_id, topic_id, day);
