-- Statistics by count and not by share: a workspace that comes to a large table changes too small a part of it to be noticed, and then a planner takes it for
-- empty and joins its rows each with each (a report of 500 journeys took 50 s so). Parameters of autovacuum lock nobody out.
alter table contact set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table customer_order set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table order_line set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table invitation set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table response set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table answer set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table enrollment set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table outcome set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table send set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table bounce set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table hit set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table event set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table incoming_message set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
alter table given_reward set (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500);
