update namespace set owner = null, lease_until = 0 where namespace_id = ?1 and owner = ?2 and epoch = ?3
