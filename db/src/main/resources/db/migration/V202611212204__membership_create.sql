-- Which staff belongs to which workspace, and as what.
create table membership (
    workspace_id uuid not null constraint membership_workspace_fk references workspace,
    staff_id uuid not null constraint membership_staff_fk references staff,
    role text not null constraint membership_role_check check (role in ('owner', 'marketer', 'support', 'viewer')),
    created_at timestamptz not null,
    constraint membership_pk primary key (workspace_id, staff_id)
);
create index membership_staff on membership (staff_id);
