-- Surveys that people make: what is being written (draft), who changed it last, how it looks and when it is open (settings), and whether it is put away.
-- draft_version counts up with every save and every publication, so that two people who edit at once find out.
set local lock_timeout = '10s';
alter table survey
    add column draft jsonb,
    add column draft_version integer not null default 0,
    add column draft_changed_at timestamptz,
    add column draft_changed_by uuid,
    add column archived_at timestamptz,
    add column settings jsonb not null default '{}';
