delete from lane where created_day < ?1 and lane_id not in (select lane_id from used_lane)
