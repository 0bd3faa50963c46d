select {columns_finished} from {table} where {query_filter} order by seq {order} limit ?9
