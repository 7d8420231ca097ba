-- Attributes of orders and customers by which a workspace wants its answers told apart: up to 20, because each adds rows to every roll-up.
create table segment_attribute (
    workspace_id uuid not null constraint segment_attribute_workspace_fk references workspace,
    name text not null,
    source text not null constraint segment_attribute_source_check check (source in ('order', 'customer')),
    -- the values that are told apart, the first 200 seen; what comes later counts as "other", so that a text that everybody fills in anew cannot blow up the roll-ups
    kept text[] not null default '{}',
    marked_at timestamptz not null,
    constraint segment_attribute_pk primary key (workspace_id, name)
);
