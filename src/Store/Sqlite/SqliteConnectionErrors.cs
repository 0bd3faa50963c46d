using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Worcr.Store.Sqlite;

/// <summary>Turns SQLite's codes into exceptions, and those into what the contract promises.</summary>
internal static class SqliteConnectionErrors
{
    /// <summary>Throws unless <paramref name="code"/> means success.</summary>
    public static void Check(sqlite3 database, int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(database));
    }

    /// <summary>The contract's error, when it is one of those: the transaction has been rolled back. Null: a defect.</summary>
    public static Exception? Map(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_INTERRUPT or raw.SQLITE_CANTOPEN =>
            new StoreTransientException($"SQLite cannot do this now: {error.Message}", error),
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => new StoreSchemaException($"the file is not a sound SQLite database: {error.Message}", error),
        _ => null,
    };
}
