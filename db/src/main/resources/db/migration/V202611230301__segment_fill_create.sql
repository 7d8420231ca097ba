-- Workspaces whose past responses and invitations are being looked at again, because the attributes that tell them apart have changed, and how far that is.
create table segment_fill (
    workspace_id uuid not null constraint segment_fill_workspace_fk references workspace,
    step text not null constraint segment_fill_step_check check (step in ('response', 'invitation')),
    -- the last id that was looked at
    after uuid,
    since timestamptz not null,
    constraint segment_fill_pk primary key (workspace_id)
);
