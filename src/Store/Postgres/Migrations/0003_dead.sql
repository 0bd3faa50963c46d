-- The dead jobs of a namespace by age, for their bounds.
create index finished_dead on worcr.finished ((seq >> 44), finished_at, seq) where state = 5;
