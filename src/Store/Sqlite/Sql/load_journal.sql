select number, leases, strands from journal where namespace_id = ?1 order by number
