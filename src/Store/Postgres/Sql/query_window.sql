-- The sequence number at which a page stops looking: row $5 of both. Each part is ordered and limited by itself, because over the union of both
-- PostgreSQL sorts the whole history. A part that is not wanted has an empty range.
(select seq from worcr.job where seq > $1 and seq < $2 order by seq {order} limit $5)
union all (select seq from worcr.finished where seq > $3 and seq < $4 order by seq {order} limit $5)
order by seq {order} offset $5 - 1 limit 1
