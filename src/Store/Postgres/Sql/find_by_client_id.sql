-- Live before finished, the newest before older ones.
(select {columns_live} from worcr.job where client_id and id = $2 and seq >= $3 and seq < $4 order by seq desc limit 1)
union all (select {columns_finished} from worcr.finished where client_id and id = $2 and seq >= $3 and seq < $4 order by seq desc limit 1)
limit 1
