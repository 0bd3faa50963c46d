delete from journal where namespace_id = ?1 and number < ?2
