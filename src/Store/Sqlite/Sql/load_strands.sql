select lane_id, priority, count from strand where lane_id >= ?1 and lane_id < ?2
