delete from finished_{day} where seq in (select seq from finished_{day} where seq >= ?1 and seq < ?2 limit ?3)
