with gone as (
  delete from worcr.job where seq = any($1)
  returning seq, lane_id, created_at, ready_at, due_at, expires_at, id, priority, client_id, args, options, checkpoints, progress, attempts
)
insert into worcr.finished (seq, lane_id, created_at, ready_at, due_at, expires_at, started_at, finished_at, id, day, priority, attempt, yields, fails,
  state, client_id, worker, args, options, checkpoints, progress, attempts, result, error)
select g.seq, g.lane_id, g.created_at, g.ready_at, g.due_at, g.expires_at, o.started_at, o.finished_at, g.id, (o.finished_at / 86400000)::int, g.priority,
  coalesce(o.attempt, 1), coalesce(o.yields, 0), coalesce(o.fails, 0), coalesce(o.state, 4::smallint), g.client_id, o.worker, g.args, g.options,
  g.checkpoints, g.progress, coalesce(o.attempts, g.attempts), o.result, o.error
from gone g
join (select unnest($1::bigint[]) as seq, unnest($2::bigint[]) as started_at, unnest($3::bigint[]) as finished_at, unnest($4::smallint[]) as state,
  unnest($5::int[]) as attempt, unnest($6::int[]) as yields, unnest($7::int[]) as fails, unnest($8::text[]) as worker,
  unnest($9::bytea[]) as result, unnest($10::bytea[]) as error, unnest($11::bytea[]) as attempts) o on o.seq = g.seq
