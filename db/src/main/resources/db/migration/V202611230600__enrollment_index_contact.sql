-- Whether a contact has begun a follow-up before is asked for each who may begin it, and at their erasure: without this all journeys of the follow-up were read each time.
create index enrollment_contact on enrollment (workspace_id, contact_id, follow_up_id);
