-- Pictures that customers add to a case, written anew by us. Until their form is whole they belong to the form alone, and go after a day.
create table case_photo (
    workspace_id uuid not null constraint case_photo_workspace_fk references workspace,
    id uuid not null,
    -- the form that brought it; the entry that it becomes has the same id
    entry_id uuid not null,
    -- the case; null while its form is not whole
    case_id uuid,
    position integer not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    added_at timestamptz not null,
    constraint case_photo_pk primary key (workspace_id, id),
    constraint case_photo_case_fk foreign key (workspace_id, case_id) references support_case (workspace_id, id)
);
create index case_photo_entry on case_photo (workspace_id, entry_id, position);
create index case_photo_case on case_photo (workspace_id, case_id) where case_id is not null;
create index case_photo_left on case_photo (workspace_id, added_at) where case_id is null;
alter table case_photo alter column bytes set storage external;
