update namespace set lease_until = ?5 + ?4 where namespace_id = ?1 and owner = ?2 and epoch = ?3
