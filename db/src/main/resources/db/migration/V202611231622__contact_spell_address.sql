-- Two spellings of one domain made two people of one. Of those without an externalId who turn out to share an address the oldest gets its one form, unless somebody has it; the others keep the spelling by which they are told apart, and nobody is made one with another unasked.
with spelt as (
    select c.workspace_id, c.id, c.external_id, s.plain,
        row_number() over (partition by c.workspace_id, c.external_id is null, s.plain order by c.created_at, c.id) as place
    from contact c cross join lateral (select plain_address(c.address) as plain) s
    where (c.address ~ '[^\u0001-\u007f]' or c.address like '%.') and s.plain <> c.address)
update contact c set address = s.plain from spelt s
where c.workspace_id = s.workspace_id and c.id = s.id and (s.external_id is not null or (s.place = 1 and not exists (
    select from contact o where o.workspace_id = s.workspace_id and o.external_id is null and o.address = s.plain)));
