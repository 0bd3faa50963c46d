{columns_job}, case when $1 then args end as args, null::bigint as started_at, null::bigint as finished_at, null::text as worker, null::bytea as result, null::bytea as error
