select state from finished_{day} where seq = ?1
