select coalesce(owner, '') from worcr.namespace where namespace_id = $1
