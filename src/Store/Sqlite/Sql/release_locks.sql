delete from unique_lock where namespace_id = ?1 and key = ?2 and seq = ?3
