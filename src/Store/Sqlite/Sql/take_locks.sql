insert into unique_lock (namespace_id, epoch, number, key, seq, id, expires_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (namespace_id, key) do update
set seq = excluded.seq, id = excluded.id, expires_at = excluded.expires_at, epoch = excluded.epoch, number = excluded.number
where (unique_lock.epoch, unique_lock.number) <= (excluded.epoch, excluded.number)
