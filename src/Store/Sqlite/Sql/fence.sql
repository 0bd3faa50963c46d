select 1 from namespace where namespace_id = ?1 and owner = ?2 and epoch = ?3
