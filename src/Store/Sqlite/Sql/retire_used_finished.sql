insert or ignore into used_lane select lane_id from finished_{day}
