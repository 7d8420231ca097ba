-- One order going through a follow-up, once.
create table enrollment (
    workspace_id uuid not null,
    id uuid not null,
    follow_up_id uuid not null,
    contact_id uuid not null,
    order_id uuid not null,
    invitation_id uuid,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint enrollment_pk primary key (workspace_id, id),
    constraint enrollment_order_key unique (workspace_id, follow_up_id, order_id),
    constraint enrollment_follow_up_fk foreign key (workspace_id, follow_up_id) references follow_up (workspace_id, id),
    constraint enrollment_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint enrollment_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id),
    constraint enrollment_invitation_fk foreign key (workspace_id, invitation_id) references invitation (workspace_id, id)
);
