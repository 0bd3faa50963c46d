delete from worcr.api_key where name = $1
