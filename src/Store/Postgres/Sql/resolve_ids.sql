-- $1 ids, $2 the sequence numbers that ids of ours among them carry.
select id, seq, state from worcr.job where client_id and id = any($1) and seq >= $3 and seq < $4
union all select id, seq, state from worcr.finished where client_id and id = any($1) and seq >= $3 and seq < $4
union all select id, seq, state from worcr.job where seq = any($2) and not client_id and id = any($1) and seq >= $3 and seq < $4
union all select id, seq, state from worcr.finished where seq = any($2) and not client_id and id = any($1) and seq >= $3 and seq < $4
