select namespace_id, epoch, coalesce(owner, '') from namespace where name = ?1
