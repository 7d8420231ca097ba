-- What customers speak of again and again: a workspace's topics, the words that put them on answers, and how far the past was read for each.
create table topic (
    workspace_id uuid not null constraint topic_workspace_fk references workspace,
    id uuid not null,
    name text not null,
    -- who sees to it
    owner_id uuid,
    created_at timestamptz not null,
    -- put on no more answers; those that have it keep it
    archived_at timestamptz,
    constraint topic_pk primary key (workspace_id, id),
    constraint topic_owner_fk foreign key (workspace_id, owner_id) references membership (workspace_id, staff_id) on delete set null (owner_id)
);
create unique index topic_name on topic (workspace_id, lower(name));
create table topic_rule (
    workspace_id uuid not null,
    id uuid not null,
    topic_id uuid not null,
    -- of the answers that it reads, as en; empty for every language
    language text not null,
    -- as they were typed: a word, several one after another, a beginning with a star behind it
    words text not null,
    -- the text search configuration that stems them
    dictionary text not null,
    query tsquery not null,
    staff_id uuid,
    created_at timestamptz not null,
    constraint topic_rule_pk primary key (workspace_id, id),
    constraint topic_rule_same unique (workspace_id, topic_id, language, words),
    constraint topic_rule_topic_fk foreign key (workspace_id, topic_id) references topic (workspace_id, id) on delete cascade
);
create table topic_past (
    workspace_id uuid not null,
    topic_id uuid not null,
    -- the last answer that was read; null before the first
    position uuid,
    looked bigint not null,
    asked_at timestamptz not null,
    -- null while it is read
    done_at timestamptz,
    constraint topic_past_pk primary key (workspace_id, topic_id),
    constraint topic_past_topic_fk foreign key (workspace_id, topic_id) references topic (workspace_id, id) on delete cascade
);
create index topic_past_open on topic_past (workspace_id, asked_at) where done_at is null;
