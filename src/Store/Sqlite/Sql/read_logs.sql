select attempt, at, level, line from log_line_{day} where seq = ?1 order by at, n limit ?2 offset ?3
