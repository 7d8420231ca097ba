-- One batch of answers, at most one an invitation, of any number of workspaces; $8 names these workspaces (on Citus a join alone would ask every shard).
-- The first arm locks the invitations, in the order given; every other arm reads only what the first returns. The response has its invitation's id,
-- so no arm needs to know what another has written, and two clicks meet in one row.
-- Who presses the button after a machine's answer was discarded counts, until it is judged anew.
-- The language is the one that the page was read in at last, because that is what the words are in.
-- An answer that no button confirmed changes nothing once a button was pressed: an autosave that arrives late never overwrites what was sent.
with given as (
    update invitation v
    set answered_at = case when i.confirmed then coalesce(v.answered_at, i.at) else v.answered_at end
    from unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::boolean[], $5::boolean[], $6::uuid[], $7::timestamptz[], $9::text[])
        as i (workspace_id, id, answers, complete, confirmed, event_id, at, language)
    where v.workspace_id = any($8::uuid[]) and v.workspace_id = i.workspace_id and v.id = i.id
      and v.closes_at > i.at and (i.confirmed or v.answered_at is null)
    returning v.workspace_id, v.id, v.survey_id, v.version_id, v.contact_id, v.order_id, coalesce(i.language, v.language) as language, v.asked_at, v.answered_at,
        i.answers, i.complete, i.confirmed, i.event_id, i.at
), responded as (
    insert into response as r (workspace_id, id, survey_id, version_id, invitation_id, contact_id, order_id, language, complete, confirmed_at,
        asked_at, started_at, answered_at, created_at)
    select workspace_id, id, survey_id, version_id, id, contact_id, order_id, language, complete, case when confirmed then at end, asked_at, at, at, at
    from given
    on conflict (workspace_id, invitation_id) do update
    set complete = r.complete or excluded.complete, language = excluded.language, answered_at = excluded.answered_at,
        confirmed_at = case when r.discarded_at is null then coalesce(r.confirmed_at, excluded.confirmed_at) else coalesce(excluded.confirmed_at, r.confirmed_at) end,
        discarded_at = case when excluded.confirmed_at is null then r.discarded_at end
), answered as (
    insert into answer as a (workspace_id, response_id, question_key, row_key, item, skipped, not_applicable, number, text, choices, day, hidden, answered_at)
    select g.workspace_id, g.id, x.key, coalesce(x.row_key, ''), coalesce(x.item, ''), x.skipped, coalesce(x.not_applicable, false), x.number, x.text, x.choices, x.day,
        coalesce(x.hidden, false), g.at
    from given g cross join lateral jsonb_to_recordset(g.answers)
        as x (key text, row_key text, item text, skipped boolean, not_applicable boolean, number numeric, text text, choices text[], day date, hidden boolean)
    on conflict (workspace_id, response_id, question_key, row_key, item) do update
    set skipped = excluded.skipped, not_applicable = excluded.not_applicable, number = excluded.number, text = excluded.text, choices = excluded.choices,
        day = excluded.day, hidden = excluded.hidden, answered_at = excluded.answered_at
    where (a.skipped, a.not_applicable, a.number, a.text, a.choices, a.day, a.hidden)
        is distinct from (excluded.skipped, excluded.not_applicable, excluded.number, excluded.text, excluded.choices, excluded.day, excluded.hidden)
), told as (
    insert into event as e (workspace_id, id, kind, subject_id, contact_id, imported, created_at)
    select workspace_id, event_id, case when answered_at = at then 'response.given' else 'response.changed' end, id, contact_id, false, at
    from given where confirmed
)
select workspace_id, id from given
