select {columns_live} from job where {query_filter} order by seq {order} limit ?9
