insert into namespace (name) values (?1) on conflict (name) do nothing
