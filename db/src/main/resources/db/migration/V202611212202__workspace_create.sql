-- A shop or brand. Its code, 8 base32 characters, begins every key and link, so that a token names its workspace by itself.
create table workspace (
    id uuid constraint workspace_pk primary key,
    version integer not null,
    code text not null constraint workspace_code_key unique constraint workspace_code_check check (code ~ '^[a-z2-7]{8}$'),
    name text not null,
    colour text not null default '#0b6475',
    zone text not null,
    language text not null,
    sender_name text,
    sender_address text,
    reply_to text,
    postal_address text,
    allowed_from time not null default '09:00',
    allowed_until time not null default '20:00',
    -- null: every channel is asked
    channels text[],
    quarantine_days integer not null default 30 constraint workspace_quarantine_check check (quarantine_days >= 0),
    mail_paused_at timestamptz,
    demo boolean not null default false,
    created_at timestamptz not null
);
