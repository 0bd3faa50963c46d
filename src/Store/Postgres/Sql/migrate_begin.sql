-- One migrator at a time; waits for the others.
select pg_advisory_xact_lock(2003792483, -1)
