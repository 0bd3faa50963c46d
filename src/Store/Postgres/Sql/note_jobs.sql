update worcr.job j set checkpoints = coalesce(u.checkpoints, j.checkpoints), progress = coalesce(u.progress, j.progress)
from (select unnest($1::bigint[]) as seq, unnest($2::bytea[]) as checkpoints, unnest($3::bytea[]) as progress) u
where j.seq = u.seq
