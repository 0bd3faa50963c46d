delete from job where seq = ?1
