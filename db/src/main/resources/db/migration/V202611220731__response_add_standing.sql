-- A response whose only evidence is a machine's is discarded by a rule, and can be counted again; kept_at is when staff said that it counts all the same.
-- Standing: provisional without confirmed_at, discarded with discarded_at, else counted.
set local lock_timeout = '10s';
alter table response
    add column discarded_at timestamptz,
    add column discarded_reason text,
    add column discarded_rule integer,
    add column kept_at timestamptz,
    add column kept_by uuid;
