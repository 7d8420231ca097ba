-- A program may change how much a workspace writes, beside those who do so on the page: neither puts the other's change away. 0 is what nobody has changed yet.
alter table contact_policy add column version integer not null default 1;
