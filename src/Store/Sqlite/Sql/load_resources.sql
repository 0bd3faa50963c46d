select kind, name, body from resource where namespace_id = ?1 and body is not null order by kind, name
