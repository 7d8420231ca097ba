-- Whom nothing may be written to is known by the one form of the address, and by another spelling as long as somebody is known by that.
insert into suppression (workspace_id, id, address, purpose, reason, created_at)
select distinct on (u.workspace_id, s.plain, u.purpose) u.workspace_id, gen_random_uuid(), s.plain, u.purpose, u.reason, u.created_at
from suppression u cross join lateral (select plain_address(u.address) as plain) s
where (u.address ~ '[^\u0001-\u007f]' or u.address like '%.') and s.plain <> u.address
order by u.workspace_id, s.plain, u.purpose, u.created_at
on conflict (workspace_id, address, purpose) do nothing;
delete from suppression u where (u.address ~ '[^\u0001-\u007f]' or u.address like '%.') and plain_address(u.address) <> u.address
and not exists (select from contact c where c.workspace_id = u.workspace_id and c.address = u.address);
