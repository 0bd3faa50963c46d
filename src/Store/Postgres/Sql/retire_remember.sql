-- Sequence numbers whose last trace goes must not be given out again.
update worcr.namespace n set last_seq = greatest(n.last_seq, m.seq)
from (select seq >> 44 as namespace_id, max(seq) as seq from worcr.{partition} group by 1) m
where n.namespace_id = m.namespace_id and n.last_seq < m.seq
