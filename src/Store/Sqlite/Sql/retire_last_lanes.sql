update namespace set last_lane_id = max(last_lane_id,
  coalesce((select max(lane_id) from lane where lane_id >= namespace_id << 44 and lane_id < (namespace_id + 1) << 44), 0))
