-- What a workspace asks of its staff. A row that is missing asks nothing.
create table people_policy (
    workspace_id uuid constraint people_policy_pk primary key constraint people_policy_workspace_fk references workspace,
    -- since when everybody signs in with two factors; null: whoever wants
    two_factors_since timestamptz
);
