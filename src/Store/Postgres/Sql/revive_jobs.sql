delete from worcr.finished where seq = any($1)
