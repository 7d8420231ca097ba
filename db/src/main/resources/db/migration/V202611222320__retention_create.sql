-- For how long a workspace keeps what: kinds without a row are kept for good.
create table retention (
    workspace_id uuid not null constraint retention_workspace_fk references workspace,
    kind text not null constraint retention_kind_check check (kind in ('answers', 'cases', 'people')),
    days integer not null constraint retention_days_check check (days between 30 and 36500),
    -- what is older has been looked at
    done_until timestamptz,
    constraint retention_pk primary key (workspace_id, kind)
);
