-- What staff and rules say of an answer: topics, which stay away where staff took them away, tags in their own words, and notes.
create table response_topic (
    workspace_id uuid not null,
    response_id uuid not null,
    topic_id uuid not null,
    -- what put it there; null where somebody did, or took it away
    rule_id uuid,
    -- who put it there, or took it away
    staff_id uuid,
    -- when somebody did; a rule tells no time, which could lead to who answered anonymously
    at timestamptz,
    -- taken away by somebody: no rule puts it there again
    taken boolean not null default false,
    constraint response_topic_pk primary key (workspace_id, response_id, topic_id),
    constraint response_topic_response_fk foreign key (workspace_id, response_id) references response (workspace_id, id) on delete cascade,
    constraint response_topic_topic_fk foreign key (workspace_id, topic_id) references topic (workspace_id, id) on delete cascade
);
create index response_topic_topic on response_topic (workspace_id, topic_id, response_id) where not taken;
create index response_topic_rule on response_topic (workspace_id, rule_id) where rule_id is not null;
create table response_tag (
    workspace_id uuid not null,
    response_id uuid not null,
    tag text not null,
    staff_id uuid,
    at timestamptz not null,
    constraint response_tag_pk primary key (workspace_id, response_id, tag),
    constraint response_tag_response_fk foreign key (workspace_id, response_id) references response (workspace_id, id) on delete cascade
);
create index response_tag_tag on response_tag (workspace_id, tag, response_id);
create table response_note (
    workspace_id uuid not null,
    id uuid not null,
    response_id uuid not null,
    staff_id uuid not null,
    words text not null,
    -- who was told of it
    mentions uuid[] not null,
    at timestamptz not null,
    constraint response_note_pk primary key (workspace_id, id),
    constraint response_note_response_fk foreign key (workspace_id, response_id) references response (workspace_id, id) on delete cascade
);
create index response_note_response on response_note (workspace_id, response_id, id);
insert into event_reader (workspace_id, reader, position, updated_at)
    select workspace_id, 'topics', position, now() from event_position on conflict do nothing;
