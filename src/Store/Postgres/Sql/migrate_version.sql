select coalesce(max(version), 0) from worcr.schema_version
