update job set checkpoints = coalesce(?2, checkpoints), progress = coalesce(?3, progress) where seq = ?1
