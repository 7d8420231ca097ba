-- Whether mail to a workspace's support address becomes cases, and which address that is beside its own. A workspace without a row takes it in.
create table mail_intake (
    workspace_id uuid not null constraint mail_intake_workspace_fk references workspace,
    -- null while mail becomes cases
    closed_at timestamptz,
    -- in lower case
    address text,
    constraint mail_intake_pk primary key (workspace_id)
);
create index mail_intake_address on mail_intake (address) where address is not null;
