-- The holder's state by probes of the indexes on seq, the history's only where the holder is not live: a join might walk the whole history.
-- Measured: 1,000 keys of finished jobs, 30 days of 100,000 rows: 25 ms.
select key, seq, id, expires_at, coalesce(
  (select state from worcr.job j where j.seq = l.seq),
  (select state from worcr.finished f where f.seq = l.seq limit 1)) as state
from worcr.unique_lock l where namespace_id = $1 and key = any($2) and (expires_at = 0 or expires_at > $3) order by key
