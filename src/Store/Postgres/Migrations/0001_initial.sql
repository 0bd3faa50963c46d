-- The dictionary of namespaces; owner and epoch guard every flush.
create table worcr.namespace (
  namespace_id int generated always as identity primary key check (namespace_id between 1 and 262143),
  name text not null unique,
  owner text,
  epoch bigint not null default 0,
  lease_until bigint not null default 0,
  -- What retention dropped must not be given out again.
  last_seq bigint not null default 0,
  last_lane_id bigint not null default 0
) with (fillfactor = 50);

create table worcr.lane (
  lane_id bigint primary key,
  type text not null,
  tenant text not null,
  queue text not null,
  tags jsonb not null,
  weight double precision not null,
  slo_ms bigint not null,
  order_key text,
  created_day int not null
);

-- Live jobs. Wide columns first would cost alignment: 8-byte columns, then 4, 2, 1, then what varies.
-- fillfactor 90 leaves room for notes and retries; leases do not touch the row.
create table worcr.job (
  seq bigint primary key,
  lane_id bigint not null,
  created_at bigint not null,
  ready_at bigint not null,
  due_at bigint not null,
  alarm_at bigint not null,
  expires_at bigint not null,
  id uuid not null,
  priority int not null,
  attempt int not null,
  yields int not null,
  fails int not null,
  state smallint not null,
  client_id boolean not null,
  args bytea,
  options bytea,
  checkpoints bytea,
  progress bytea,
  attempts bytea
) with (
  fillfactor = 90,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 1,
  autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 100000,
  toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_threshold = 20000
);
alter table worcr.job alter column args set storage external;
create index job_ready on worcr.job (lane_id, priority, seq) where due_at = 0;
create index job_alarm on worcr.job ((seq >> 44), alarm_at, seq) where alarm_at > 0;
create index job_client_id on worcr.job (id) where client_id;

-- Finished jobs, one partition a day (worcr.finished_<day>), dropped whole.
create table worcr.finished (
  seq bigint not null,
  lane_id bigint not null,
  created_at bigint not null,
  ready_at bigint not null,
  due_at bigint not null,
  expires_at bigint not null,
  started_at bigint not null,
  finished_at bigint not null,
  id uuid not null,
  day int not null,
  priority int not null,
  attempt int not null,
  yields int not null,
  fails int not null,
  state smallint not null,
  client_id boolean not null,
  worker text,
  args bytea,
  options bytea,
  checkpoints bytea,
  progress bytea,
  attempts bytea,
  result bytea,
  error bytea
) partition by range (day);
alter table worcr.finished alter column args set storage external;
create index finished_seq on worcr.finished (seq);
create index finished_client_id on worcr.finished (id) where client_id;

-- Log lines, one partition a day. Lines are bytes because a log may hold NUL, which text refuses.
create sequence worcr.log_line_order cache 1000;
create table worcr.log_line (
  seq bigint not null,
  at bigint not null,
  n bigint not null default nextval('worcr.log_line_order'),
  day int not null,
  attempt int not null,
  level text not null,
  line bytea not null
) partition by range (day);
create index log_line_seq on worcr.log_line (seq, at, n);

-- One row a flush: its leases and the changes of the strands' counts.
create table worcr.journal (
  namespace_id int not null,
  number bigint not null,
  leases bytea,
  strands bytea,
  primary key (namespace_id, number)
) with (
  autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 500,
  toast.autovacuum_vacuum_scale_factor = 0.1, toast.autovacuum_vacuum_threshold = 5000
);
alter table worcr.journal alter column leases set storage external;
alter table worcr.journal alter column strands set storage external;

-- Counts of stored jobs without a due time, as of the last fold.
create table worcr.strand (
  lane_id bigint not null,
  priority int not null,
  count bigint not null,
  primary key (lane_id, priority)
) with (fillfactor = 70);

-- (epoch, number): the flush that wrote the row, so that of two flushes that commit in the other order the later one stays.
create table worcr.unique_lock (
  namespace_id int not null,
  key text not null,
  seq bigint not null,
  id uuid not null,
  expires_at bigint not null,
  epoch bigint not null,
  number bigint not null,
  primary key (namespace_id, key)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
create index unique_lock_expiry on worcr.unique_lock (expires_at) where expires_at > 0;

-- A deleted resource stays as a row without a body until the next fold, for the same reason.
create table worcr.resource (
  namespace_id int not null,
  kind text not null,
  name text not null,
  body bytea,
  epoch bigint not null,
  number bigint not null,
  primary key (namespace_id, kind, name)
);

create function worcr.now_ms() returns bigint language sql volatile as
$$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

-- Every flush begins with this. The shared lock makes a takeover wait for the flush; the check after it (a statement of a volatile function
-- sees what was committed before that statement) makes the flush see a takeover that came first.
create function worcr.fence(of_namespace int, of_silo text, of_epoch bigint) returns void language plpgsql volatile as
$$
begin
  perform pg_advisory_xact_lock_shared(2003792483, of_namespace);
  perform 1 from worcr.namespace where namespace_id = of_namespace and owner = of_silo and epoch = of_epoch;
  if not found then
    raise exception 'namespace % is not owned by % in epoch %', of_namespace, of_silo, of_epoch using errcode = 'WRC01';
  end if;
end
$$;

-- The same for a reader of the whole state: no flush, not even one that its sender has given up, commits before the reader's transaction ends.
create function worcr.fence_alone(of_namespace int, of_silo text, of_epoch bigint) returns void language plpgsql volatile as
$$
begin
  perform pg_advisory_xact_lock(2003792483, of_namespace);
  perform worcr.fence(of_namespace, of_silo, of_epoch);
end
$$;

-- Takes a namespace: epoch of the new ownership, or 0 and who has it.
create function worcr.acquire(of_name text, of_silo text, lease_ms bigint, takeover boolean, out of_namespace int, out new_epoch bigint, out of_owner text)
language plpgsql volatile as
$$
declare
  found_row worcr.namespace;
begin
  select * into found_row from worcr.namespace where name = of_name;
  if not found then
    insert into worcr.namespace (name) values (of_name) on conflict (name) do nothing;
    select * into found_row from worcr.namespace where name = of_name;
  end if;
  of_namespace := found_row.namespace_id;
  if found_row.owner is null or found_row.owner = of_silo or found_row.lease_until <= worcr.now_ms() or takeover then
    perform pg_advisory_xact_lock(2003792483, of_namespace);
    update worcr.namespace n set owner = of_silo, epoch = n.epoch + 1, lease_until = worcr.now_ms() + lease_ms
      where n.namespace_id = of_namespace and (n.owner is null or n.owner = of_silo or n.lease_until <= worcr.now_ms() or takeover)
      returning n.epoch, n.owner into new_epoch, of_owner;
    if found then return; end if;
    select * into found_row from worcr.namespace where namespace_id = of_namespace;
  end if;
  new_epoch := 0;
  of_owner := found_row.owner;
end
$$;

-- Creates the partitions of a day unless they are there. Attaching (instead of creating in place) does not wait for readers and flushes.
create function worcr.ensure_day(of_table text, of_day int) returns void language plpgsql volatile as
$$
declare
  partition text := of_table || '_' || of_day;
begin
  perform pg_advisory_xact_lock(2003792483, 0);
  if to_regclass('worcr.' || partition) is not null then return; end if;
  execute format('create table worcr.%I (like worcr.%I including defaults including storage)', partition, of_table);
  execute format('alter table worcr.%I attach partition worcr.%I for values from (%s) to (%s)', of_table, partition, of_day, of_day + 1);
end
$$;
