-- FULL because batches make it as fast as NORMAL. A checkpoint every 4,000 pages (16 MiB) measured best; the cache is bounded at 64 MiB.
pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864;
pragma cache_size = -65536; pragma temp_store = memory; pragma busy_timeout = 10000
