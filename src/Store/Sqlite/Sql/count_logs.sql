select count(*) from log_line_{day} where seq = ?1
