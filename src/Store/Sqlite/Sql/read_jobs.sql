select {columns_job}, args from job where seq = ?1
