-- What came back is counted by the address that its contact has.
update bounce b set address = c.address from contact c
where c.workspace_id = b.workspace_id and c.id = b.contact_id and (b.address ~ '[^\u0001-\u007f]' or b.address like '%.') and plain_address(b.address) = c.address;
