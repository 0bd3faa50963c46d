insert into strand (lane_id, priority, count) values (?1, ?2, ?3) on conflict (lane_id, priority) do update set count = excluded.count
