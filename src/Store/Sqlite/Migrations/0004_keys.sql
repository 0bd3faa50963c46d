-- Keys of callers (only their hashes) and what all silos have to share. Both hold for all namespaces.
create table api_key (
  name text primary key,
  hash blob not null unique,
  prefix text not null,
  role text not null,
  namespaces text,
  created_at integer not null,
  expires_at integer not null
) strict;

create table secret (
  name text primary key,
  value blob not null
) strict;
