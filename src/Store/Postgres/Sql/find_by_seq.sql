select {columns_live} from worcr.job where seq = $2 and id = $3
union all select {columns_finished} from worcr.finished where seq = $2 and id = $3
limit 1
