select lane_id, priority, count from worcr.strand where lane_id >= $1 and lane_id < $2
