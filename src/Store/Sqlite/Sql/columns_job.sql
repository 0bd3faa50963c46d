seq, id, client_id, lane_id, priority, state, created_at, ready_at, due_at, expires_at, attempt, yields, fails, options, checkpoints, progress, attempts
