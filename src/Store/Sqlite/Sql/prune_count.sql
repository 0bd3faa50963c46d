select count(*) from finished_{day} where state = 5 and seq >= ?1 and seq < ?2
