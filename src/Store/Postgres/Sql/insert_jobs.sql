insert into worcr.job (seq, id, lane_id, created_at, args, client_id, priority, state, ready_at, due_at, alarm_at, expires_at,
  attempt, yields, fails, options, checkpoints, progress, attempts)
select seq, id, lane_id, created_at, args, coalesce(client_id, false), coalesce(priority, 0), coalesce(state, 1::smallint), created_at + coalesce(ready_lag, 0),
  coalesce(due_at, 0), coalesce(alarm_at, 0), coalesce(expires_at, 0), coalesce(attempt, 0), coalesce(yields, 0), coalesce(fails, 0),
  options, checkpoints, progress, attempts
from (select unnest($1::bigint[]) as seq, unnest($2::uuid[]) as id, unnest($3::bigint[]) as lane_id, unnest($4::bigint[]) as created_at, unnest($5::bytea[]) as args,
  unnest($6::boolean[]) as client_id, unnest($7::int[]) as priority, unnest($8::smallint[]) as state, unnest($9::bigint[]) as ready_lag,
  unnest($10::bigint[]) as due_at, unnest($11::bigint[]) as alarm_at, unnest($12::bigint[]) as expires_at,
  unnest($13::int[]) as attempt, unnest($14::int[]) as yields, unnest($15::int[]) as fails,
  unnest($16::bytea[]) as options, unnest($17::bytea[]) as checkpoints, unnest($18::bytea[]) as progress, unnest($19::bytea[]) as attempts) u
