select lane_id, type, tenant, queue, tags::text, weight, slo_ms, order_key, created_day, args from worcr.lane where lane_id = any($1) order by lane_id
