update worcr.job j set lane_id = u.lane_id, state = coalesce(u.state, 1::smallint), ready_at = u.ready_at, due_at = coalesce(u.due_at, 0), alarm_at = coalesce(u.alarm_at, 0),
  expires_at = coalesce(u.expires_at, 0), attempt = coalesce(u.attempt, 0), yields = coalesce(u.yields, 0), fails = coalesce(u.fails, 0),
  checkpoints = u.checkpoints, progress = u.progress, attempts = u.attempts
from (select unnest($1::bigint[]) as seq, unnest($2::bigint[]) as lane_id, unnest($3::smallint[]) as state, unnest($4::bigint[]) as ready_at,
  unnest($5::bigint[]) as due_at, unnest($6::bigint[]) as alarm_at, unnest($7::bigint[]) as expires_at,
  unnest($8::int[]) as attempt, unnest($9::int[]) as yields, unnest($10::int[]) as fails,
  unnest($11::bytea[]) as checkpoints, unnest($12::bytea[]) as progress, unnest($13::bytea[]) as attempts) u
where j.seq = u.seq
