select number, leases, strands from worcr.journal where namespace_id = $1 order by number
