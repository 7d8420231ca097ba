-- Apart from the change itself, so that nobody waits for it.
alter table send validate constraint send_kind_check;
