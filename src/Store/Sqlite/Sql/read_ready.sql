-- A range scan of job_ready: its cost grows with the limit, not with the backlog.
select {columns_job}, case when length(args) <= ?6 then args end as args
from job where lane_id = ?1 and priority = ?2 and due_at = 0 and seq > ?3 and seq < ?4 order by seq limit ?5
