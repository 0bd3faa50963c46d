select namespace_id, name, owner, epoch, lease_until from worcr.namespace order by namespace_id
