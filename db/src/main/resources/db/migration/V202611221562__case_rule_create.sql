-- What opens a case by itself when an answer comes in; every condition that is there must hold.
create table case_rule (
    workspace_id uuid not null constraint case_rule_workspace_fk references workspace,
    id uuid not null,
    name text not null,
    band text constraint case_rule_band_check check (band in ('good', 'middling', 'bad')),
    -- one of them stands in what was written, in capitals or not
    keywords text[] not null default '{}',
    -- one of them was bought
    products text[] not null default '{}',
    -- over all orders that count
    least_spent numeric(19, 4),
    kind text not null,
    priority integer not null,
    team text,
    created_at timestamptz not null,
    constraint case_rule_pk primary key (workspace_id, id)
);
-- When somebody works, and how soon they answer. A workspace without a row has no due times.
create table case_policy (
    workspace_id uuid not null constraint case_policy_workspace_fk references workspace,
    -- weekday 1 to 7 -> ["09:00", "17:00"]
    hours jsonb not null,
    holidays date[] not null default '{}',
    first_answer_hours integer not null,
    solution_hours integer not null,
    constraint case_policy_pk primary key (workspace_id)
);
