{columns_job}, case when $1 then args end as args, started_at, finished_at, worker, result, error
