-- On what somebody signed in, without an address or a place; and when they last proved who they are.
alter table session add column device text not null default '', add column fresh_at timestamptz;
