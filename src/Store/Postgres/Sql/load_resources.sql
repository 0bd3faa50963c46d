select kind, name, body from worcr.resource where namespace_id = $1 and body is not null order by kind collate "C", name collate "C"
