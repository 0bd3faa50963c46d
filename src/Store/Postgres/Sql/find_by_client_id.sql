-- Live before finished, the newest before older ones; seq + 0 and seq >> 44 for the reason told in resolve_ids.
(select {columns_live} from worcr.job where client_id and id = $2 and (seq >> 44) = $3 order by seq + 0 desc limit 1)
union all (select {columns_finished} from worcr.finished where client_id and id = $2 and (seq >> 44) = $3 order by seq + 0 desc limit 1)
limit 1
