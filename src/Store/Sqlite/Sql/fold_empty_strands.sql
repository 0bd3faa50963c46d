delete from strand where lane_id = ?1 and priority = ?2
