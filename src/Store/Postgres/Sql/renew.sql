update worcr.namespace set lease_until = worcr.now_ms() + $4 where namespace_id = $1 and owner = $2 and epoch = $3 returning epoch
