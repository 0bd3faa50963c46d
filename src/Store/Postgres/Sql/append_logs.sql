insert into worcr.log_line (seq, at, day, attempt, level, line)
select seq, at, (at / 86400000)::int, attempt, level, line
from (select unnest($1::bigint[]) as seq, unnest($2::bigint[]) as at, unnest($3::int[]) as attempt, unnest($4::text[]) as level, unnest($5::bytea[]) as line) u
