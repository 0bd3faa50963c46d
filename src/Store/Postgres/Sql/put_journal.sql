insert into worcr.journal (namespace_id, number, leases, strands) values ($1, $2, $3, $4)
