select to_regclass('worcr.schema_version') is not null
