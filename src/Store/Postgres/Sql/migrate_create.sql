create schema if not exists worcr; create table if not exists worcr.schema_version (version int primary key, name text not null, applied_at timestamptz not null default now())
