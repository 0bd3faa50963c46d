select key, seq, id, expires_at, (select state from job where job.seq = unique_lock.seq) as state
from unique_lock where namespace_id = ?1 and key = ?2 and (expires_at = 0 or expires_at > ?3)
