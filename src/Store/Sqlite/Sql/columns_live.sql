{columns_job}, case when ?1 then args end as args, null as started_at, null as finished_at, null as worker, null as result, null as error
