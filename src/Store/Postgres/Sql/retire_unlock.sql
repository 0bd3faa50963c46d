select pg_advisory_unlock(2003792483, -2)
