pragma query_only = 1; pragma cache_size = -16384; pragma temp_store = memory; pragma busy_timeout = 10000
