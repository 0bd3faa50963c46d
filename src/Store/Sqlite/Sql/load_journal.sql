select number, leases, strands, permits from journal where namespace_id = ?1 order by number
