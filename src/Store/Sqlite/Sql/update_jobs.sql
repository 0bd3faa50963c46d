update job set lane_id = ?2, state = ?3, ready_at = ?4, due_at = ?5, alarm_at = ?6, expires_at = ?7, attempt = ?8, yields = ?9, fails = ?10,
  checkpoints = ?11, progress = ?12, attempts = ?13
where seq = ?1
