-- The sequence number at which a page stops looking: the $4th row.
select seq from (
  select seq from worcr.job where $5 and seq > $1 and seq < $2
  union all select seq from worcr.finished where $3 and seq > $1 and seq < $2
) rows order by seq {order} offset $4 limit 1
