-- What the shop sells, as far as it told us.
create table product (
    workspace_id uuid not null constraint product_workspace_fk references workspace,
    id uuid not null,
    version integer not null,
    sku text not null,
    name text,
    category text,
    image_url text,
    supplier text,
    accessories text[] not null default '{}',
    replaces text,
    useful_days integer,
    updated_at timestamptz,
    created_at timestamptz not null,
    constraint product_pk primary key (workspace_id, id),
    constraint product_sku_key unique (workspace_id, sku)
);
