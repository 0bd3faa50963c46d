select key, seq, id, expires_at from unique_lock where namespace_id = ?1 and key = ?2 and (expires_at = 0 or expires_at > ?3)
