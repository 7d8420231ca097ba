-- What a survey promises to everybody who answers it: {pool, offer}. An invitation keeps what it promised.
alter table survey add column promise jsonb;
alter table invitation add column promise jsonb;
-- Who has answered and may not have got it yet.
create index invitation_promise on invitation (workspace_id, answered_at) where promise is not null and answered_at is not null;
