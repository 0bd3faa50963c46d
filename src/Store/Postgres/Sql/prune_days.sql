-- Days that the namespace keeps no longer. Their partitions stay as long as another namespace keeps them.
with old as (
  select seq, day from worcr.finished where day < $1 and seq >= $2 and seq < $3 limit $4
), gone as (
  delete from worcr.finished f using old where f.seq = old.seq and f.day = old.day returning f.seq
), remembered as (
  -- Sequence numbers whose last trace goes must not be given out again.
  update worcr.namespace n set last_seq = m.seq from (select max(seq) as seq from gone) m where n.namespace_id = (m.seq >> 44) and n.last_seq < m.seq
)
select count(*) from gone
