select max((select last_seq from namespace where namespace_id = ?1), coalesce((select max(seq) from job where seq >= ?2 and seq < ?3), 0), ?2 - 1),
  max((select last_lane_id from namespace where namespace_id = ?1), coalesce((select max(lane_id) from lane where lane_id >= ?2 and lane_id < ?3), 0), ?2 - 1)
