-- Partitions of earlier days: attached, half detached (a retire that was cut off) or detached.
select p.relname, substring(c.relname from '_(\d+)$')::int, c.relname, i.inhrelid is not null, coalesce(i.inhdetachpending, false)
from pg_class c
join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'worcr'
join pg_class p on p.relnamespace = s.oid and p.relname = regexp_replace(c.relname, '_\d+$', '') and p.relname in ('finished', 'log_line')
left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = p.oid
where c.relkind = 'r' and c.relname ~ '^(finished|log_line)_\d+$' and substring(c.relname from '_(\d+)$')::int < $1
order by 2, 3
