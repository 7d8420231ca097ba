-- The latest test mail of a workspace is shown where one was asked for, so that nobody waits in vain for what no server took.
create index staff_mail_test on staff_mail (workspace_id, created_at) where follow_up_id is not null;
