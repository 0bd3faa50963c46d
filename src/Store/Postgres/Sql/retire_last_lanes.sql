update worcr.namespace n set last_lane_id = greatest(n.last_lane_id, m.lane_id)
from (select lane_id >> 44 as namespace_id, max(lane_id) as lane_id from worcr.lane group by 1) m
where n.namespace_id = m.namespace_id and n.last_lane_id < m.lane_id
