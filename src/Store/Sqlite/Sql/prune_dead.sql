-- Dead jobs of the day that are too old, or older than the newest ones that stay.
delete from finished_{day} where seq in (
  select seq from finished_{day}
  where state = 5 and seq >= ?1 and seq < ?2
    and (finished_at < ?3 or seq not in (
      select seq from finished_{day} where state = 5 and seq >= ?1 and seq < ?2 order by finished_at desc, seq desc limit ?4))
  order by finished_at, seq limit ?5)
