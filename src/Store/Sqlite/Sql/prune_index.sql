create index if not exists finished_{day}_dead on finished_{day} (finished_at, seq) where state = 5
