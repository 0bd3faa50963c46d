insert into worcr.journal (namespace_id, number, leases, strands, permits) values ($1, $2, $3, $4, $5)
