select {columns_finished} from {table} where {query_filter} and (?12 is null or substr(error, 1, length(?12)) = ?12) order by seq {order} limit ?9
