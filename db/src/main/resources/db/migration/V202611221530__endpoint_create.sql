-- Where a shop's program wants to hear what happens: a webhook subscription. Its secrets are encrypted with the installation's secret.
create table endpoint (
    workspace_id uuid not null constraint endpoint_workspace_fk references workspace,
    id uuid not null,
    -- what steps of follow-ups call it by
    name text not null,
    url text not null,
    -- the kinds of events that it hears of
    kinds text[] not null default '{}',
    secret bytea not null,
    -- signs too until then, so that receivers can change over
    previous_secret bytea,
    previous_until timestamptz,
    -- since when nothing has come through
    failing_since timestamptz,
    disabled_at timestamptz,
    disabled_because text constraint endpoint_disabled_because_check check (disabled_because in ('staff', 'gone', 'failing')),
    created_at timestamptz not null,
    constraint endpoint_pk primary key (workspace_id, id),
    constraint endpoint_name_key unique (workspace_id, name),
    constraint endpoint_disabled_check check ((disabled_at is null) = (disabled_because is null))
);
