delete from worcr.resource where namespace_id = $1 and body is null
