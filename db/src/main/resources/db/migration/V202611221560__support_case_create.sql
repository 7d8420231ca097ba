-- What support works on: something that a customer said, or that went wrong, until it is solved.
create table support_case (
    workspace_id uuid not null constraint support_case_workspace_fk references workspace,
    id uuid not null,
    -- the second of two who change it at once is told
    version integer not null,
    kind text not null constraint support_case_kind_check check (kind in ('question', 'complaint', 'suggestion', 'compliment')),
    subject text not null,
    contact_id uuid,
    order_id uuid,
    response_id uuid,
    -- the journey that opened it, which it does not stop
    enrollment_id uuid,
    source text not null constraint support_case_source_check check (source in ('rule', 'reply', 'hand', 'follow-up', 'page')),
    -- what opened it: the same thing never opens two
    source_key text,
    status text not null constraint support_case_status_check check (status in ('open', 'waiting', 'closed', 'spam', 'merged')),
    priority integer not null constraint support_case_priority_check check (priority between 1 and 4),
    owner_id uuid,
    team text,
    first_due_at timestamptz,
    solve_due_at timestamptz,
    first_answered_at timestamptz,
    snoozed_until timestamptz,
    closed_at timestamptz,
    merged_into uuid,
    root_cause text constraint support_case_root_cause_check
        check (root_cause in ('product', 'place', 'price', 'promotion', 'people', 'process', 'physical-evidence')),
    topic text,
    opened_at timestamptz not null,
    -- the latest entry
    latest_at timestamptz not null,
    -- subject, and what was said in its entries
    words tsvector not null default '',
    constraint support_case_pk primary key (workspace_id, id),
    constraint support_case_source_key unique (workspace_id, source_key),
    constraint support_case_contact_fk foreign key (workspace_id, contact_id) references contact (workspace_id, id),
    constraint support_case_order_fk foreign key (workspace_id, order_id) references customer_order (workspace_id, id),
    constraint support_case_cause_check check (status <> 'closed' or kind <> 'complaint' or (root_cause is not null and topic is not null))
) with (fillfactor = 80);
create index support_case_latest on support_case (workspace_id, latest_at, id);
create index support_case_status on support_case (workspace_id, status, latest_at, id);
create index support_case_owner on support_case (workspace_id, owner_id, status, latest_at, id);
create index support_case_contact on support_case (workspace_id, contact_id, opened_at);
-- Due and breached: whichever comes next.
create index support_case_due on support_case (workspace_id, (least(case when first_answered_at is null then first_due_at end, solve_due_at))) where status in ('open', 'waiting');
create index support_case_words on support_case using gin (words);
