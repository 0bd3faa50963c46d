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

-- Jobs with a due time are counted by state (3: retry) from now on, as strands of a lane that no namespace has.
insert into strand (lane_id, priority, count)
select (((seq >> 44) + 1) << 44) - 1, case state when 3 then 1 else 0 end, count(*) from job where due_at <> 0 group by 1, 2;
