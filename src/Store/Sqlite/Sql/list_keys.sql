select name, hash, prefix, role, namespaces, created_at, expires_at from api_key order by name
