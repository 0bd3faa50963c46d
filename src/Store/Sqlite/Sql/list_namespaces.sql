select namespace_id, name, owner, epoch, lease_until from namespace order by namespace_id
