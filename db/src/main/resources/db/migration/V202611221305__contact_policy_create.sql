-- How much a workspace writes to one person. No row: as in ContactPolicy.USUAL.
create table contact_policy (
    workspace_id uuid constraint contact_policy_pk primary key constraint contact_policy_workspace_fk references workspace,
    -- ISO 8601 days of the week on which nothing goes out in the customer's zone, 1 is Monday
    quiet_days smallint[] not null,
    -- null: as many as there are
    most_a_week integer constraint contact_policy_most_check check (most_a_week > 0),
    -- days between two questions of the same survey to one person, by the survey's key; the workspace's quarantine holds over all of them
    quarantines jsonb not null default '{}'
);
