select {columns_job}, case when length(args) <= ?4 then args end as args
from job where (seq >> 44) = ?1 and alarm_at > 0 and alarm_at <= ?2 order by alarm_at, seq limit ?3
