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

-- Jobs with a due time are counted by state (3: retry) from now on, as strands of a lane that no namespace has.
insert into worcr.strand (lane_id, priority, count)
select (((seq >> 44) + 1) << 44) - 1, case state when 3 then 1 else 0 end, count(*) from worcr.job where due_at <> 0 group by 1, 2;
