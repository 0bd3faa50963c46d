select {columns_live} from job where client_id and id = ?2 and seq >= ?3 and seq < ?4 order by seq desc limit 1
