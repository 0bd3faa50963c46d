-- One at a time; held by the session because detaching concurrently cannot run in a transaction.
select pg_advisory_lock(2003792483, -2)
