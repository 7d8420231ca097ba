-- Reads what is there without keeping anybody from writing.
alter table invitation validate constraint invitation_origin_check;
alter table invitation validate constraint invitation_contact_check;
alter table invitation validate constraint invitation_link_fk;
