delete from api_key where name = ?1
