select number, leases, strands, permits from worcr.journal where namespace_id = $1 order by number
