using Worcr.Store.Postgres;
using Worcr.Store.Sqlite;

namespace Worcr.Store;

/// <summary>Opens the store that a database URL names.</summary>
public static class JobStoreFactory
{
    private const string Forms =
        "use 'sqlite:///absolute/path.db', 'sqlite:relative.db', 'sqlite::memory:' or 'postgres://user:password@host:5432/database?sslmode=require'";

    /// <summary>
    /// Opens it: <c>sqlite:///absolute/path.db</c>, <c>sqlite://relative.db</c> or <c>sqlite:relative.db</c>, <c>sqlite::memory:</c>,
    /// <c>postgres://</c> or <c>postgresql://</c> as libpq has them. PostgreSQL is not connected to yet; a SQLite file is opened and locked.
    /// </summary>
    /// <exception cref="ArgumentException">The URL cannot be understood; the message says what to mend and never holds the password.</exception>
    /// <exception cref="StoreTransientException">The SQLite file cannot be opened, or another process has it.</exception>
    public static IJobStore Open(string databaseUrl)
    {
        if (databaseUrl == "sqlite::memory:") return new SqliteJobStore(path: null);
        if (databaseUrl.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase)) return new SqliteJobStore(SqlitePath(databaseUrl["sqlite:".Length..]));
        if (databaseUrl.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || databaseUrl.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return new PostgresJobStore(PostgresUrl.Parse(databaseUrl));
        throw new ArgumentException($"the database URL names no store that Worcr knows: {Forms}");
    }

    private static string SqlitePath(string rest)
    {
        var path = Uri.UnescapeDataString(rest.StartsWith("//", StringComparison.Ordinal) ? rest[2..] : rest);
        return path.Length > 0 && !path.EndsWith('/') ? path : throw new ArgumentException($"the database URL names no SQLite file: {Forms}");
    }
}
