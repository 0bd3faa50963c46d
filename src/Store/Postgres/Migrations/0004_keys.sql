-- Keys of callers (only their hashes) and what all silos have to share. Both hold for all namespaces.
create table worcr.api_key (
  name text primary key,
  hash bytea not null unique,
  prefix text not null,
  role text not null,
  namespaces text,
  created_at bigint not null,
  expires_at bigint not null
);

create table worcr.secret (
  name text primary key,
  value bytea not null
);
