-- The tables of the PostgreSQL backend; what that one says about them holds here too.
create table namespace (
  namespace_id integer primary key check (namespace_id between 1 and 262143),
  name text not null unique,
  owner text,
  epoch integer not null default 0,
  lease_until integer not null default 0,
  last_seq integer not null default 0,
  last_lane_id integer not null default 0
) strict;

create table lane (
  lane_id integer primary key,
  type text not null,
  tenant text not null,
  queue text not null,
  tags text not null,
  weight real not null,
  slo_ms integer not null,
  order_key text,
  created_day integer not null
) strict;

-- Live jobs, clustered by sequence number.
create table job (
  seq integer primary key,
  lane_id integer not null,
  created_at integer not null,
  ready_at integer not null,
  due_at integer not null,
  alarm_at integer not null,
  expires_at integer not null,
  id blob not null,
  priority integer not null,
  attempt integer not null,
  yields integer not null,
  fails integer not null,
  state integer not null,
  client_id integer not null,
  options blob,
  checkpoints blob,
  progress blob,
  attempts blob,
  args blob
) strict;
create index job_ready on job (lane_id, priority, seq) where due_at = 0;
create index job_alarm on job ((seq >> 44), alarm_at, seq) where alarm_at > 0;
create index job_client_id on job (id) where client_id;

-- Finished jobs and log lines: one table a day, made when first needed (create_finished, create_log_line).

create table journal (
  namespace_id integer not null,
  number integer not null,
  leases blob,
  strands blob,
  primary key (namespace_id, number)
) strict;

create table strand (
  lane_id integer not null,
  priority integer not null,
  count integer not null,
  primary key (lane_id, priority)
) strict, without rowid;

create table unique_lock (
  namespace_id integer not null,
  key text not null,
  seq integer not null,
  id blob not null,
  expires_at integer not null,
  epoch integer not null,
  number integer not null,
  primary key (namespace_id, key)
) strict, without rowid;
create index unique_lock_expiry on unique_lock (expires_at) where expires_at > 0;

create table resource (
  namespace_id integer not null,
  kind text not null,
  name text not null,
  body blob,
  epoch integer not null,
  number integer not null,
  primary key (namespace_id, kind, name)
) strict;
