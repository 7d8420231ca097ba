-- Questions of all types: rows of a matrix, lines of the order, options, days, "does not apply"; and answers that logic hides, which are kept and count nowhere.
set local lock_timeout = '10s';
alter table answer
    add column row_key text not null default '',
    add column item text not null default '',
    add column choices text[],
    add column day date,
    add column not_applicable boolean not null default false,
    add column hidden boolean not null default false;
alter table answer drop constraint answer_pk;
alter table answer add constraint answer_pk primary key (workspace_id, response_id, question_key, row_key, item);
