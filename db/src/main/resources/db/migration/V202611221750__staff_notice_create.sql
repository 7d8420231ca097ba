-- What staff is told by mail: how each wants to be told, and each thing that somebody is told of, once.
create table staff_telling (
    workspace_id uuid not null,
    staff_id uuid not null,
    -- of the digest, in the workspace's zone
    hour integer not null constraint staff_telling_hour_check check (hour between 0 and 23),
    -- kind -> now, digest or never; a kind that is missing is told as is usual
    choices jsonb not null,
    constraint staff_telling_pk primary key (workspace_id, staff_id),
    constraint staff_telling_membership_fk foreign key (workspace_id, staff_id) references membership (workspace_id, staff_id) on delete cascade
);
-- Who leaves the workspace is told nothing of what waits.
create table staff_notice (
    workspace_id uuid not null,
    staff_id uuid not null,
    kind text not null,
    -- the case, response, pool or endpoint that it is about
    subject_id uuid not null,
    -- of several alike, as the note or the due time
    occasion text not null,
    -- what was said, in a case
    entry_id uuid,
    -- a score or a time; never words of anybody
    detail text,
    due_at timestamptz not null,
    created_at timestamptz not null,
    -- null while it waits
    told_at timestamptz,
    -- null where it came too late
    mail_id uuid constraint staff_notice_mail_fk references staff_mail on delete set null,
    constraint staff_notice_pk primary key (workspace_id, staff_id, kind, subject_id, occasion),
    constraint staff_notice_membership_fk foreign key (workspace_id, staff_id) references membership (workspace_id, staff_id) on delete cascade
);
create index staff_notice_due on staff_notice (workspace_id, due_at) where told_at is null;
create index staff_notice_mail on staff_notice (mail_id) where mail_id is not null;
-- Nobody is told of what happened before there was anybody to tell.
insert into event_reader (workspace_id, reader, position, updated_at)
    select workspace_id, 'staff-notices', position, now() from event_position on conflict do nothing;
