select name, hash, prefix, role, namespaces, created_at, expires_at from worcr.api_key order by name collate "C"
