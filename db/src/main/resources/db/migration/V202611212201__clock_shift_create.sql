-- The time that machines agree on: the database's, which tests and simulations can shift through this one row.
create table clock_shift (
    only_row boolean primary key default true constraint clock_shift_one_row check (only_row),
    shift interval not null
);
create function afterword_now() returns timestamptz language sql stable as $$
    select clock_timestamp() + coalesce((select shift from clock_shift), interval '0')
$$;
