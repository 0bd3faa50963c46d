insert into log_line_{day} (seq, at, attempt, level, line) values (?1, ?2, ?3, ?4, ?5)
