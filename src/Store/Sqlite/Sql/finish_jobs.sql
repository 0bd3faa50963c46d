insert into finished_{day} (seq, lane_id, created_at, ready_at, due_at, expires_at, started_at, finished_at, id, priority, attempt, yields, fails, state, client_id,
  worker, options, checkpoints, progress, attempts, result, error, args)
select seq, lane_id, created_at, ready_at, due_at, expires_at, ?2, ?3, id, priority, ?5, ?6, ?7, ?4, client_id,
  ?8, options, checkpoints, progress, coalesce(?11, attempts), ?9, ?10, args
from job where seq = ?1
