update namespace set owner = ?2, epoch = epoch + 1, lease_until = ?4 + ?3
where name = ?1 and (owner is null or owner = ?2 or lease_until <= ?4 or ?5)
