select {columns_job}, args from worcr.job where seq = any($1) order by seq
