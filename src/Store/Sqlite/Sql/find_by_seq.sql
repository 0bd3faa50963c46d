select {columns_live} from job where seq = ?2 and id = ?3
