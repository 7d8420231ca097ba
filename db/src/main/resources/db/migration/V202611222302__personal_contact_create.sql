-- What the staff does for a customer in person, outside any mail that Afterword sends: a note by hand, a call, a visit.
create table personal_contact (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    kind text not null constraint personal_contact_kind_check check (kind in ('letter', 'call', 'visit', 'gift')),
    words text,
    staff_id uuid not null constraint personal_contact_staff_fk references staff,
    at timestamptz not null,
    constraint personal_contact_pk primary key (workspace_id, id),
    constraint personal_contact_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
create index personal_contact_contact on personal_contact (workspace_id, contact_id, at, id);
