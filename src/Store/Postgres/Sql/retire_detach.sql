alter table worcr.{table} detach partition worcr.{partition} concurrently
