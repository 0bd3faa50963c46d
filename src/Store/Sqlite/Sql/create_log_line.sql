create table if not exists log_line_{day} (n integer primary key, seq integer not null, at integer not null, attempt integer not null, level text not null, line blob not null) strict;
create index if not exists log_line_{day}_seq on log_line_{day} (seq, at, n)
