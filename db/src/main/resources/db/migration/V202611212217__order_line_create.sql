-- What was bought in an order; replaced as a whole when the source sends lines again.
create table order_line (
    workspace_id uuid not null,
    id uuid not null,
    order_id uuid not null,
    number integer not null,
    external_id text,
    sku text,
    name text,
    category text,
    quantity numeric(12, 3) not null default 1,
    unit_price numeric(19, 4),
    product_url text,
    image_url text,
    supplier text,
    returned_quantity numeric(12, 3) not null default 0,
    returned_at timestamptz,
    constraint order_line_pk primary key (workspace_id, id),
    constraint order_line_number_key unique (workspace_id, order_id, number),
    constraint order_line_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id) on delete cascade
);
