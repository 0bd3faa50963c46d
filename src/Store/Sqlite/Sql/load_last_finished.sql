select coalesce(max(seq), 0) from finished_{day} where seq >= ?1 and seq < ?2
