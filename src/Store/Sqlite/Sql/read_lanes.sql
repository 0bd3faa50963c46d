select lane_id, type, tenant, queue, tags, weight, slo_ms, order_key, created_day, args from lane where lane_id in (select value from json_each(?1))
