-- Apart from adding it, so that the table is not locked while all rows are looked at.
alter table send validate constraint send_planned_check;
