-- A link of a survey that is not one customer's: a public page, a kiosk, a frame in the shop's pages, receipts. Its token is a MAC over the id, so it can be shown
-- again, and renewing it makes another row.
create table survey_link (
    workspace_id uuid not null,
    id uuid not null,
    survey_id uuid not null,
    kind text not null constraint survey_link_kind_check check (kind in ('page', 'kiosk', 'embedded', 'receipt')),
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint survey_link_pk primary key (workspace_id, id),
    constraint survey_link_survey_fk foreign key (workspace_id, survey_id) references survey (workspace_id, id)
);
-- One of a kind is valid at a time.
create unique index survey_link_valid_key on survey_link (workspace_id, survey_id, kind) where revoked_at is null;
