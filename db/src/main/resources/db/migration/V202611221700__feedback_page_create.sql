-- What a shop's permanent feedback page says beside its form. A workspace without a row has the page, with neither phone nor words about hours.
create table feedback_page (
    workspace_id uuid not null constraint feedback_page_workspace_fk references workspace,
    -- null while it is shown
    closed_at timestamptz,
    phone text,
    -- what working hours do not say, in the shop's own words
    hours text,
    constraint feedback_page_pk primary key (workspace_id)
);
