-- Closed cases whose words are still there: finding those that are to be forgotten. It is as small as what is not forgotten yet.
create index support_case_worded on support_case (workspace_id, closed_at) where closed_at is not null and subject <> '[…]';
