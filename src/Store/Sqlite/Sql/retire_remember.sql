-- Sequence numbers whose last trace goes must not be given out again.
update namespace set last_seq = max(last_seq,
  coalesce((select max(seq) from finished_{day} where seq >= namespace_id << 44 and seq < (namespace_id + 1) << 44), 0))
