-- max() by the indexes' ends; on the history one probe a partition.
select greatest((select last_seq from worcr.namespace where namespace_id = $1),
    (select max(seq) from worcr.job where seq >= $2 and seq < $3), (select max(seq) from worcr.finished where seq >= $2 and seq < $3), $2 - 1),
  greatest((select last_lane_id from worcr.namespace where namespace_id = $1), (select max(lane_id) from worcr.lane where lane_id >= $2 and lane_id < $3), $2 - 1)
