-- What somebody signs in with beside the password: an app that shows a code for each half minute. One row a person.
create table second_factor (
    staff_id uuid constraint second_factor_pk primary key constraint second_factor_staff_fk references staff on delete cascade,
    -- encrypted with the installation's secret
    seed bytea not null,
    -- null until the first code was right: until then nothing is asked for
    confirmed_at timestamptz,
    -- of the last code that was used, so that each works once
    last_step bigint not null default 0,
    created_at timestamptz not null
);
-- For who lost the app: each works once. Only hashes are kept.
create table recovery_code (
    staff_id uuid not null constraint recovery_code_factor_fk references second_factor on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    constraint recovery_code_pk primary key (staff_id, code_hash)
);
