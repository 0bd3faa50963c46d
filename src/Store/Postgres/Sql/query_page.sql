-- One statement, so that a job that finishes meanwhile is seen once.
(select {columns_live} from worcr.job where $12 and {query_filter} order by seq {order} limit $9)
union all (select {columns_finished} from worcr.finished where $13 and {query_filter} order by seq {order} limit $9)
order by seq {order} limit $9
