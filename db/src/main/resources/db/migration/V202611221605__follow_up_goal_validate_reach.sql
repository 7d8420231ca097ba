-- In a statement of its own, so that nobody is kept waiting.
alter table follow_up_goal validate constraint follow_up_goal_reach_check;
