select id, seq, state from finished_{day} where client_id and id = ?1 and seq >= ?3 and seq < ?4
union all select id, seq, state from finished_{day} where seq = ?2 and not client_id and id = ?1
