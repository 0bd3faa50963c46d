insert into worcr.api_key (name, hash, prefix, role, namespaces, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do nothing
