-- Sent again on a later day, a lane is young again for retention.
insert into worcr.lane as l (lane_id, type, tenant, queue, tags, weight, slo_ms, order_key, created_day, args)
select unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[])::jsonb, unnest($6::float8[]), unnest($7::bigint[]),
  unnest($8::text[]), unnest($9::int[]), unnest($10::text[])
on conflict (lane_id) do update set created_day = greatest(l.created_day, excluded.created_day)
