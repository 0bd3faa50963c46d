select {columns_job}, null::bytea as args from worcr.job where seq = any($1)
