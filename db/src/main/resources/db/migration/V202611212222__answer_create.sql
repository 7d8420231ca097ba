-- One question's answer in a response. Three kinds of missing are kept apart: no row means not shown, skipped means shown and left empty.
create table answer (
    workspace_id uuid not null,
    response_id uuid not null,
    question_key text not null,
    skipped boolean not null default false,
    number numeric,
    text text,
    answered_at timestamptz not null,
    constraint answer_pk primary key (workspace_id, response_id, question_key),
    constraint answer_response_fk foreign key (workspace_id, response_id) references response (workspace_id, id) on delete cascade
);
-- Staff search what customers wrote.
create index answer_text on answer using gin (to_tsvector('simple', text)) where text is not null;
