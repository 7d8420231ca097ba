-- One message to one endpoint, and every attempt to deliver it. The body is kept as it is signed: each attempt sends the same bytes.
create table delivery (
    workspace_id uuid not null,
    id uuid not null,
    endpoint_id uuid not null,
    -- what it is once for: an event, or a step of somebody's journey
    cause text not null,
    kind text not null,
    body text not null,
    state text not null constraint delivery_state_check check (state in ('planned', 'leased', 'delivered', 'failed', 'cancelled')),
    -- since it was planned, or asked for again
    tries integer not null default 0,
    due_at timestamptz not null,
    lease_until timestamptz,
    lease_token uuid,
    finished_at timestamptz,
    created_at timestamptz not null,
    constraint delivery_pk primary key (workspace_id, id),
    constraint delivery_once_key unique (workspace_id, endpoint_id, cause),
    constraint delivery_endpoint_fk foreign key (workspace_id, endpoint_id) references endpoint (workspace_id, id) on delete cascade
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
create index delivery_due on delivery (workspace_id, endpoint_id, due_at) where state = 'planned';
create index delivery_leased on delivery (workspace_id, endpoint_id) where state = 'leased';
create index delivery_listed on delivery (workspace_id, endpoint_id, created_at desc, id desc);
create index delivery_old on delivery (created_at);
create table delivery_attempt (
    workspace_id uuid not null,
    delivery_id uuid not null,
    at timestamptz not null,
    took_millis integer not null,
    -- of HTTP; null where no answer came
    status integer,
    -- why no answer came
    error text,
    -- how the answer begins
    answer text,
    constraint delivery_attempt_pk primary key (workspace_id, delivery_id, at),
    constraint delivery_attempt_delivery_fk foreign key (workspace_id, delivery_id) references delivery (workspace_id, id) on delete cascade
);
