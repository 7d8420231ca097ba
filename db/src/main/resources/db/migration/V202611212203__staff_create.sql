-- A person who works with Afterword; may belong to several workspaces.
create table staff (
    id uuid constraint staff_pk primary key,
    version integer not null,
    email text not null,
    name text not null,
    -- null until the one-time link was followed
    password_hash text,
    created_at timestamptz not null
);
create unique index staff_email_key on staff (lower(email));
