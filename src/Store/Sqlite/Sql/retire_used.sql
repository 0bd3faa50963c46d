-- Lanes in use: reads the lane column of all jobs once, which a daily task may.
create temp table if not exists used_lane (lane_id integer primary key); delete from used_lane;
insert or ignore into used_lane select lane_id from job; insert or ignore into used_lane select lane_id from strand
