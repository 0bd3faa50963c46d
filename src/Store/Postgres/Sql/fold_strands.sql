insert into worcr.strand (lane_id, priority, count)
select unnest($1::bigint[]), unnest($2::int[]), unnest($3::bigint[])
on conflict (lane_id, priority) do update set count = excluded.count
