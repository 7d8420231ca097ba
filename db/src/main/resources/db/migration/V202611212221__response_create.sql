-- What somebody answered. Partial or complete; provisional until a person pressed a button (confirmed_at).
create table response (
    workspace_id uuid not null,
    id uuid not null,
    survey_id uuid not null,
    version_id uuid not null,
    invitation_id uuid,
    contact_id uuid,
    order_id uuid,
    external_id text,
    imported boolean not null default false,
    language text,
    complete boolean not null,
    confirmed_at timestamptz,
    asked_at timestamptz,
    -- the first and the latest answer
    started_at timestamptz not null,
    answered_at timestamptz not null,
    -- what was true when the answer was given: dimension -> values, as {"delivery": ["late"], "product": ["b1", "c2"]}; null until the worker has looked
    segments jsonb,
    -- the day, in the workspace's zone, under which roll-ups last counted it: counted anew when the answer moves to another
    counted_on date,
    created_at timestamptz not null,
    constraint response_pk primary key (workspace_id, id),
    constraint response_invitation_key unique (workspace_id, invitation_id),
    constraint response_external_id_key unique (workspace_id, external_id),
    constraint response_version_fk foreign key (workspace_id, version_id) references survey_version (workspace_id, id),
    constraint response_invitation_fk foreign key (workspace_id, invitation_id) references invitation (workspace_id, id),
    constraint response_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint response_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id)
);
create index response_answered on response (workspace_id, survey_id, answered_at);
create index response_latest on response (workspace_id, answered_at, id);
create index response_contact on response (workspace_id, contact_id, answered_at);
create index response_order on response (workspace_id, order_id);
