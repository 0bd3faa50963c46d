namespace Worcr.Store.Sqlite;

/// <summary>Brings the schema up to date: all steps that are missing, in one transaction.</summary>
internal static class SqliteMigrations
{
    public static MigrationReport Run(SqliteDatabase database)
    {
        database.Execute(SqliteDatabase.Sql["migrate_create"]);
        var from = SqliteDatabase.Rows(database["migrate_version"], row => row.Int(0))[0];
        var to = SqliteDatabase.Sql.Migrations[^1].Number;
        if (from > to) throw new StoreSchemaException($"the database's schema is version {from}, newer than this build of Worcr ({to}): start a newer Worcr");
        foreach (var migration in SqliteDatabase.Sql.Migrations.Where(m => m.Number > from))
        {
            database.Execute(migration.Text);
            database["migrate_record"].Bind(migration.Number).Bind(migration.Name).Run();
        }

        return new MigrationReport(from, to);
    }
}
