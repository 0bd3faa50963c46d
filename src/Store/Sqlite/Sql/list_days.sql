-- Which days have a table; newest first.
select cast(substr(name, length(?1) + 2) as integer) as day from sqlite_schema where type = 'table' and name glob ?1 || '_[0-9]*' order by day desc
