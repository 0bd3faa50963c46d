select attempt, at, level, line from worcr.log_line where seq = $1 order by at, n offset $2 limit $3
