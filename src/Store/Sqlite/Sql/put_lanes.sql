-- Sent again on a later day, a lane is young again for retention.
insert into lane (lane_id, type, tenant, queue, tags, weight, slo_ms, order_key, created_day, args)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
on conflict (lane_id) do update set created_day = max(created_day, excluded.created_day)
