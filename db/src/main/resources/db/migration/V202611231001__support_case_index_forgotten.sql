-- Closed cases with something to forget: it is as small as what is not forgotten yet. The subject does not say so, for it stays away when a case goes on.
drop index support_case_worded;
create index support_case_worded on support_case (workspace_id, closed_at) where closed_at is not null and (forgotten_until is null or latest_at > forgotten_until);
