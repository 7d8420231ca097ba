-- How far a follow-up that time begins has looked, and who was in its audience then: only who comes into it later begins.
create table follow_up_sweep (
    workspace_id uuid not null,
    follow_up_id uuid not null,
    version_id uuid not null,
    swept_at timestamptz not null,
    constraint follow_up_sweep_pk primary key (workspace_id, follow_up_id),
    constraint follow_up_sweep_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id)
);
create table follow_up_member (
    workspace_id uuid not null,
    follow_up_id uuid not null,
    contact_id uuid not null,
    constraint follow_up_member_pk primary key (workspace_id, follow_up_id, contact_id),
    constraint follow_up_member_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
