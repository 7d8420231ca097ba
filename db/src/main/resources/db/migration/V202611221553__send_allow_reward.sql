-- A mail that brings what was promised for an answer, or goodwill; and a mail that staff writes in a case.
alter table send drop constraint send_kind_check, add constraint send_kind_check check (kind in ('ask', 'remind', 'mail', 'reward', 'reply')) not valid;
