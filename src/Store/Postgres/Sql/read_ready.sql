-- A range scan of job_ready a strand: its cost grows with the limits, not with the backlog.
select {columns_job}, case when octet_length(args) <= $6 then args end as args, number
from unnest($1, $2, $3, $4, $5) with ordinality as asked (in_lane, in_priority, after_seq, before_seq, most, number)
cross join lateral (
  select * from worcr.job
  where lane_id = in_lane and priority = in_priority and due_at = 0 and seq > after_seq and seq < before_seq
  order by seq limit most) as job
order by number, seq
