-- What came back more than 30 days ago and stands in no case still named who wrote it: from now on that goes with how it read, which is gone already of these.
update incoming_message m set sender = null, message_id = null, subject = '[…]', words = case when m.words is not null then '[…]' end
where m.raw is null and (m.sender is not null or m.subject <> '[…]')
    and not (m.kind = 'reply' and exists (select from case_entry e where e.workspace_id = m.workspace_id and e.incoming_id = m.id));
