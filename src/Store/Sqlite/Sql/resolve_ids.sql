-- ?2: the sequence number that an id of ours carries.
select id, seq, state from job where client_id and id = ?1 and seq >= ?3 and seq < ?4
union all select id, seq, state from job where seq = ?2 and not client_id and id = ?1
