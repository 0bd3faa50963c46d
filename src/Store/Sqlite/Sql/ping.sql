select 1 from sqlite_schema
