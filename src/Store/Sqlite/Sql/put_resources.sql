insert into resource (namespace_id, epoch, number, kind, name, body) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (namespace_id, kind, name) do update set body = excluded.body, epoch = excluded.epoch, number = excluded.number
where (resource.epoch, resource.number) <= (excluded.epoch, excluded.number)
