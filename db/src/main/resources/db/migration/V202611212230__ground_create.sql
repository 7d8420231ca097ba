-- Why a workspace may write for a purpose; a purpose without a row is never written for.
create table ground (
    workspace_id uuid not null constraint ground_workspace_fk references workspace,
    purpose text not null constraint ground_purpose_check check (purpose in ('questions', 'tips', 'news', 'service')),
    ground text not null constraint ground_ground_check check (ground in ('opt-in', 'existing-customer')),
    stated_at timestamptz not null,
    constraint ground_pk primary key (workspace_id, purpose)
);
