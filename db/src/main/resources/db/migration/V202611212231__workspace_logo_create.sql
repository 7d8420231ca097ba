-- A workspace's logo, apart from the workspace, which is read far more often.
create table workspace_logo (
    workspace_id uuid constraint workspace_logo_pk primary key constraint workspace_logo_workspace_fk references workspace,
    media_type text not null constraint workspace_logo_type_check check (media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
    bytes bytea not null constraint workspace_logo_size_check check (octet_length(bytes) <= 262144),
    saved_at timestamptz not null
);
