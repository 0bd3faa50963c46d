-- Reads the lane column of all jobs once, which a daily task may.
delete from worcr.lane l where l.created_day < $1
  and not exists (select from worcr.job j where j.lane_id = l.lane_id)
  and not exists (select from worcr.finished f where f.lane_id = l.lane_id)
  and not exists (select from worcr.strand s where s.lane_id = l.lane_id)
