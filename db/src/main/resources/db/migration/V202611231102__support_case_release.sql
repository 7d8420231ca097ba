-- Cases of those who left, or may not answer cases any more, stayed theirs, and their times rang to nobody: they are nobody's, as from now on at once.
with released as (
    select k.workspace_id, k.id, k.owner_id from support_case k
    where k.owner_id is not null and k.status in ('open', 'waiting')
    and not exists (
        select from membership m left join custom_role c on c.workspace_id = m.workspace_id and c.id = m.custom_role_id
        where m.workspace_id = k.workspace_id and m.staff_id = k.owner_id
        and (m.role in ('owner', 'marketer', 'support') or 'answer-cases' = any(c.permissions)))
), noted as (
    insert into case_entry (workspace_id, id, case_id, kind, words, change, at)
    select workspace_id, gen_random_uuid(), id, 'change', '', jsonb_build_object('owner', jsonb_build_object('from', owner_id, 'to', '')), now() from released
)
update support_case k set owner_id = null, version = version + 1 from released r where k.workspace_id = r.workspace_id and k.id = r.id;
