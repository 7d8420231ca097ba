-- Every request of a customer's link, with what it tells of who made it, and what a rule made of that. Never an address of the network, nor the browser's own words.
create table hit (
    workspace_id uuid not null,
    id uuid not null,
    invitation_id uuid not null,
    at timestamptz not null,
    target text not null constraint hit_target_check check (target in ('page', 'answer', 'draft', 'live', 'thanks', 'logo', 'seen', 'canary', 'unsubscribe')),
    method text not null,
    status smallint not null,
    -- what the link chose, as recommend=9
    chosen text,
    -- headers: announced as fetched ahead, and whether a language was asked for
    prefetch boolean not null,
    language boolean not null,
    agent text not null,
    platform text not null,
    -- what its neighbours tell; written with the verdict: milliseconds since the receiving server took the latest mail (negative: before that),
    -- what a browser fetches for a page, the hidden link, how many different scores within seconds
    accepted_ms bigint,
    rendered boolean,
    canary boolean,
    scores smallint,
    verdict text constraint hit_verdict_check check (verdict in ('person', 'machine', 'unsure')),
    reason text,
    -- the version of the rule; null before it was judged
    rule integer,
    -- what older versions said: [{"rule": 1, "verdict": "unsure", "reason": "nothing-loaded"}]
    earlier jsonb not null default '[]',
    constraint hit_pk primary key (workspace_id, id),
    constraint hit_invitation_fk foreign key (workspace_id, invitation_id) references invitation (workspace_id, id) on delete cascade
);
create index hit_invitation on hit (workspace_id, invitation_id, at);
-- Raw hits go after 90 days; replaying a rule walks the same way.
create index hit_at on hit (workspace_id, at);
-- Finding what is not judged yet; nearly empty at all times.
create index hit_unjudged on hit (workspace_id, at) where rule is null;
