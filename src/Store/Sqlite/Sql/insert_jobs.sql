insert into job (seq, id, lane_id, created_at, args, client_id, priority, state, ready_at, due_at, alarm_at, expires_at,
  attempt, yields, fails, options, checkpoints, progress, attempts)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
