delete from worcr.strand s using (select unnest($1::bigint[]) as lane_id, unnest($2::int[]) as priority) u
where s.lane_id = u.lane_id and s.priority = u.priority and s.count = 0
