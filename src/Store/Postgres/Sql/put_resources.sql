insert into worcr.resource as r (namespace_id, epoch, number, kind, name, body)
select $1, $2, $3, unnest($4::text[]), unnest($5::text[]), unnest($6::bytea[])
on conflict (namespace_id, kind, name) do update set body = excluded.body, epoch = excluded.epoch, number = excluded.number
where (r.epoch, r.number) <= (excluded.epoch, excluded.number)
