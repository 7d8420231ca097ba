-- A member's role is one of the four that every workspace has, or one that the workspace made.
alter table membership
    add column custom_role_id uuid,
    drop constraint membership_role_check,
    add constraint membership_role_check check (role in ('owner', 'marketer', 'support', 'viewer', 'custom') and (role = 'custom') = (custom_role_id is not null)),
    add constraint membership_custom_role_fk foreign key (workspace_id, custom_role_id) references custom_role (workspace_id, id);
create index membership_custom_role on membership (workspace_id, custom_role_id) where custom_role_id is not null;
