-- Longer words of answers of the last days, as hashes only, so that the same words of somebody else are found without reading what everybody wrote.
create table said (
    workspace_id uuid not null,
    response_id uuid not null,
    slot text not null,
    words bigint not null,
    contact_id uuid,
    at timestamptz not null,
    constraint said_pk primary key (workspace_id, response_id, slot),
    constraint said_response_fk foreign key (workspace_id, response_id) references response (workspace_id, id) on delete cascade
);
create index said_words on said (workspace_id, words, at);
-- Words are forgotten after two days.
create index said_at on said (workspace_id, at);
