global using Worcr.Core.Jobs;
global using PostgresRows = Worcr.Store.Image.StoredRows<Worcr.Store.Postgres.PostgresRow>;
global using SqliteRows = Worcr.Store.Image.StoredRows<Worcr.Store.Sqlite.SqliteStatement>;
