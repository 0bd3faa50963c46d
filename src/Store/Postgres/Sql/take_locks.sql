insert into worcr.unique_lock as l (namespace_id, epoch, number, key, seq, id, expires_at)
select $1, $2, $3, unnest($4::text[]), unnest($5::bigint[]), unnest($6::uuid[]), unnest($7::bigint[])
on conflict (namespace_id, key) do update
set seq = excluded.seq, id = excluded.id, expires_at = excluded.expires_at, epoch = excluded.epoch, number = excluded.number
where (l.epoch, l.number) <= (excluded.epoch, excluded.number)
