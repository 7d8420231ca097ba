-- What was said holds for the one form of its address, and for another spelling as long as somebody is known by that; of two things said at one time the refusal.
insert into consent (workspace_id, id, address, purpose, granted, at, dated, source)
select distinct on (k.workspace_id, s.plain, k.purpose, k.at) k.workspace_id, gen_random_uuid(), s.plain, k.purpose, k.granted, k.at, k.dated, k.source
from consent k cross join lateral (select plain_address(k.address) as plain) s
where (k.address ~ '[^\u0001-\u007f]' or k.address like '%.') and s.plain <> k.address
order by k.workspace_id, s.plain, k.purpose, k.at, k.granted
on conflict (workspace_id, address, purpose, at) do update set granted = false, dated = excluded.dated, source = excluded.source
where consent.granted and not excluded.granted;
delete from consent k where (k.address ~ '[^\u0001-\u007f]' or k.address like '%.') and plain_address(k.address) <> k.address
and not exists (select from contact c where c.workspace_id = k.workspace_id and c.address = k.address);
