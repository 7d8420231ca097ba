-- A purchase. Named customer_order because order is a word of SQL.
create table customer_order (
    workspace_id uuid not null constraint customer_order_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    external_id text not null,
    contact_id uuid not null,
    status text not null constraint customer_order_status_check check (status in ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')),
    placed_at timestamptz not null,
    shipped_at timestamptz,
    delivered_at timestamptz,
    promised_at timestamptz,
    total_amount numeric(19, 4),
    total_currency text,
    channel text,
    country text,
    carrier text,
    codes text[] not null default '{}',
    test boolean not null default false,
    attributes jsonb not null default '{}',
    -- the source's own time of its last change
    updated_at timestamptz,
    created_at timestamptz not null,
    constraint customer_order_pk primary key (workspace_id, id),
    constraint customer_order_external_id_key unique (workspace_id, external_id),
    constraint customer_order_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index customer_order_contact on customer_order (workspace_id, contact_id, placed_at);
