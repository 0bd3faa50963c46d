insert into worcr.log_line (seq, at, n, day, attempt, level, line)
select seq, at, n, (at / 86400000)::int, attempt, level, line
from (select unnest($1::bigint[]) as seq, unnest($2::bigint[]) as at, unnest($3::bigint[]) as n, unnest($4::int[]) as attempt, unnest($5::text[]) as level,
  unnest($6::bytea[]) as line) u
