-- Days that matter to a customer, of which the one who keeps in touch is reminded.
create table occasion (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    name text not null,
    on_date date not null,
    yearly boolean not null,
    -- when it is next; null when it is over
    next_on date,
    -- for which of its days somebody was reminded last
    reminded_for date,
    created_at timestamptz not null,
    constraint occasion_pk primary key (workspace_id, id),
    constraint occasion_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
create index occasion_contact on occasion (workspace_id, contact_id);
create index occasion_next on occasion (workspace_id, next_on) where next_on is not null;
