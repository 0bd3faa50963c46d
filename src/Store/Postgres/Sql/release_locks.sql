delete from worcr.unique_lock l using (select unnest($2::text[]) as key, unnest($3::bigint[]) as seq) u
where l.namespace_id = $1 and l.key = u.key and l.seq = u.seq
