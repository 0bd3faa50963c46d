-- The sequence number at which a page stops looking in this table: the ?3th row.
select seq from {table} where seq > ?1 and seq < ?2 order by seq {order} limit 1 offset ?3
