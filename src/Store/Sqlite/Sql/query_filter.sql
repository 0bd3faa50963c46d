seq > ?2 and seq < ?3 and (?4 is null or state in (select value from json_each(?4)))
  and (?5 is null and ?6 is null and ?7 is null and ?8 is null or lane_id in (
    select lane_id from lane where lane_id >= ?10 and lane_id < ?11
      and (?5 is null or type in (select value from json_each(?5)))
      and (?6 is null or tenant in (select value from json_each(?6)))
      and (?7 is null or queue in (select value from json_each(?7)))
      and (?8 is null or not exists (select 1 from json_each(?8) w where w.value not in (select value from json_each(lane.tags))))))
