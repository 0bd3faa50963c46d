using Npgsql;
using static Worcr.Store.Postgres.PostgresDatabase;

namespace Worcr.Store.Postgres;

/// <summary>Brings the schema up to date: all steps that are missing, in one transaction, one process at a time.</summary>
internal static class PostgresMigrations
{
    public static async Task<MigrationReport> RunAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, Sql["migrate_begin"], cancel);
        if (!(bool)(await ScalarAsync(connection, "migrate_exists", cancel))!) await ExecuteAsync(connection, Sql["migrate_create"], cancel);
        var from = (int)(await ScalarAsync(connection, "migrate_version", cancel))!;
        var to = Sql.Migrations[^1].Number;
        if (from > to) throw new StoreSchemaException($"the database's schema is version {from}, newer than this build of Worcr ({to}): start a newer Worcr");
        foreach (var migration in Sql.Migrations.Where(m => m.Number > from))
        {
            await ExecuteAsync(connection, migration.Text, cancel);
            await using var record = new NpgsqlCommand(Sql["migrate_record"], connection);
            record.Parameters.Add(PostgresValue.Of(migration.Number));
            record.Parameters.Add(PostgresValue.Of(migration.Name));
            await record.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return new MigrationReport(from, to);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql[name], connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
