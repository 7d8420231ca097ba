-- The outbox: what happened, in ids only. Writers insert without a position; positions are given after commit, in one line per workspace.
create table event (
    workspace_id uuid not null constraint event_workspace_fk references workspace,
    id uuid not null,
    kind text not null,
    -- the order, response, contact, send … that it is about
    subject_id uuid not null,
    contact_id uuid,
    -- imported history never makes anything go out
    imported boolean not null default false,
    position bigint,
    created_at timestamptz not null,
    constraint event_pk primary key (workspace_id, id)
);
-- Finding what still has no position; nearly empty at all times.
create index event_unnumbered on event (workspace_id, id) where position is null;
create unique index event_position_key on event (workspace_id, position);
