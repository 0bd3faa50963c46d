seq > $2 and seq < $3 and ($4::smallint[] is null or state = any($4))
  and ($5::text[] is null and $6::text[] is null and $7::text[] is null and $8::jsonb is null or lane_id in (
    select lane_id from worcr.lane where lane_id >= $10 and lane_id < $11 and ($5::text[] is null or type = any($5)) and ($6::text[] is null or tenant = any($6))
      and ($7::text[] is null or queue = any($7)) and ($8::jsonb is null or tags @> $8)))
