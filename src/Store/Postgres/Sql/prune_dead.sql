-- Dead jobs that are too old, or older than the newest ones that stay.
with newest as (
  select finished_at, seq from worcr.finished where (seq >> 44) = $1 and state = 5 order by finished_at desc, seq desc offset $2 limit 1
), old as (
  select f.seq, f.day from worcr.finished f
  where (f.seq >> 44) = $1 and f.state = 5
    and (f.finished_at < $3 or exists (select from newest n where (f.finished_at, f.seq) <= (n.finished_at, n.seq)))
  order by f.finished_at, f.seq limit $4
), gone as (
  delete from worcr.finished f using old where f.seq = old.seq and f.day = old.day returning f.seq
), remembered as (
  -- Sequence numbers whose last trace goes must not be given out again.
  update worcr.namespace n set last_seq = m.seq from (select max(seq) as seq from gone) m where n.namespace_id = (m.seq >> 44) and n.last_seq < m.seq
)
select count(*) from gone
