select {columns_job}, null as args from job where seq = ?1
