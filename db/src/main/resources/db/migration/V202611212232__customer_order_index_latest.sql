-- The list of customers is sorted by the latest order: a page reads these indexes from their end, however many customers there are.
create index customer_order_latest on customer_order (workspace_id, placed_at, contact_id);
create index contact_created on contact (workspace_id, created_at, id);
