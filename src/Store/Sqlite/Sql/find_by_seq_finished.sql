select {columns_finished} from finished_{day} where seq = ?2 and id = ?3
