($6::smallint[] is null or state = any($6))
  and ($7::text[] is null and $8::text[] is null and $9::text[] is null and $10::jsonb is null or lane_id in (
    select lane_id from worcr.lane where lane_id >= $12 and lane_id < $13 and ($7::text[] is null or type = any($7)) and ($8::text[] is null or tenant = any($8))
      and ($9::text[] is null or queue = any($9)) and ($10::jsonb is null or tags @> $10)))
