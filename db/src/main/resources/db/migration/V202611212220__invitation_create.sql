-- One contact asked to answer one survey, about one order. Fillfactor: answering updates the row in place (measured about 5 % faster).
create table invitation (
    workspace_id uuid not null,
    id uuid not null,
    survey_id uuid not null,
    version_id uuid not null,
    contact_id uuid not null,
    order_id uuid,
    -- who asked: a follow-up, or the shop's own program
    origin text not null constraint invitation_origin_check check (origin in ('follow-up', 'api')),
    language text not null,
    -- when it was sent or handed out; null while planned
    asked_at timestamptz,
    -- when the receiving server took the first mail
    accepted_at timestamptz,
    -- the first confirmed answer
    answered_at timestamptz,
    closes_at timestamptz not null,
    -- what was true when it was asked, as response.segments; null until it was accepted and the worker has looked
    segments jsonb,
    created_at timestamptz not null,
    constraint invitation_pk primary key (workspace_id, id),
    constraint invitation_version_fk foreign key (workspace_id, version_id) references survey_version (workspace_id, id),
    constraint invitation_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint invitation_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id)
) with (fillfactor = 70);
create unique index invitation_order_key on invitation (workspace_id, survey_id, order_id);
create index invitation_contact on invitation (workspace_id, contact_id, asked_at);
create index invitation_accepted on invitation (workspace_id, survey_id, accepted_at);
-- Response rates go by the day asked.
create index invitation_asked on invitation (workspace_id, survey_id, asked_at) where accepted_at is not null;
