-- A goal can be that a case is solved.
alter table follow_up_goal drop constraint follow_up_goal_reach_check;
alter table follow_up_goal add constraint follow_up_goal_reach_check check (reach in ('answer', 'order', 'revenue', 'solved')) not valid;
