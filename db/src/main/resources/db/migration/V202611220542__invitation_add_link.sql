-- Whoever answers at a link of the survey is invited by it, and need not be known: no contact, perhaps an order.
set local lock_timeout = '10s';
alter table invitation
    alter column contact_id drop not null,
    add column link_id uuid,
    drop constraint invitation_origin_check,
    add constraint invitation_origin_check check (origin in ('follow-up', 'api', 'link')) not valid,
    add constraint invitation_contact_check check (contact_id is not null or link_id is not null) not valid,
    add constraint invitation_link_fk foreign key (workspace_id, link_id) references survey_link (workspace_id, id) not valid;
