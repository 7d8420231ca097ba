-- When all contacts of a workspace were last looked at: once a day, by whichever process comes first.
create table ladder_look (
    workspace_id uuid constraint ladder_look_pk primary key constraint ladder_look_workspace_fk references workspace,
    looked_at timestamptz not null
);
