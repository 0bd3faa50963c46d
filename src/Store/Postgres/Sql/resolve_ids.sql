-- $1 ids, $2 the sequence numbers that ids of ours among them carry, $3 the namespace. The namespace is compared by an expression on purpose: a range of
-- seq made the planner walk the whole history by its index on seq.
select id, seq, state from worcr.job where client_id and id = any($1) and (seq >> 44) = $3
union all select id, seq, state from worcr.finished where client_id and id = any($1) and (seq >> 44) = $3
union all select id, seq, state from worcr.job where seq = any($2) and not client_id and id = any($1)
union all select id, seq, state from worcr.finished where seq = any($2) and not client_id and id = any($1)
