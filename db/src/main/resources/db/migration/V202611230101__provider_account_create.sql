-- Who somebody is at their workspace's provider: a name that the provider never gives again, unlike a mail address. It goes with the membership.
create table provider_account (
    workspace_id uuid not null,
    issuer text not null,
    subject text not null,
    staff_id uuid not null,
    created_at timestamptz not null,
    constraint provider_account_pk primary key (workspace_id, issuer, subject),
    constraint provider_account_staff_key unique (workspace_id, issuer, staff_id),
    constraint provider_account_membership_fk foreign key (workspace_id, staff_id) references membership (workspace_id, staff_id) on delete cascade
);
create index provider_account_membership on provider_account (workspace_id, staff_id);
