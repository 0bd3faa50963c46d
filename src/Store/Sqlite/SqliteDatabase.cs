using Microsoft.Data.Sqlite;
using SQLitePCL;
using Worcr.Store.Schema;

namespace Worcr.Store.Sqlite;

/// <summary>One connection, used by one thread at a time, with its prepared statements.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, int Day), SqliteStatement> _daily = [];

    static SqliteDatabase() => Batteries_V2.Init();

    /// <summary>Opens a file, or a new database in memory.</summary>
    public SqliteDatabase(string? path)
    {
        var code = raw.sqlite3_open_v2(path ?? ":memory:", out _handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK) return;
        _handle.Dispose();
        throw new StoreTransientException($"SQLite cannot open '{path}' (code {code}): does its folder exist, and may this user write there?");
    }

    /// <summary>The statements of this backend.</summary>
    public static SqlLibrary Sql { get; } = new("Sqlite");

    /// <summary>How many rows the last statement wrote.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The prepared statement of a file.</summary>
    public SqliteStatement this[string name] => Prepared(Sql[name]);

    /// <summary>The prepared statement of a file, for the tables of one day.</summary>
    public SqliteStatement this[string name, int day]
    {
        get
        {
            if (_daily.TryGetValue((name, day), out var statement)) return statement;
            return _daily[(name, day)] = Prepared(OfDay(name, day));
        }
    }

    /// <summary>The text of a file, for the tables of one day.</summary>
    public static string OfDay(string name, int day) => Sql[name].Replace("{day}", day.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Prepares a text once.</summary>
    public SqliteStatement Prepared(string text)
    {
        if (_prepared.TryGetValue(text, out var statement)) return statement;
        SqliteConnectionErrors.Check(_handle, raw.sqlite3_prepare_v3(_handle, text, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return _prepared[text] = new SqliteStatement(_handle, handle);
    }

    /// <summary>Runs any number of statements that are needed once.</summary>
    public void Execute(string text)
    {
        while (text.Length > 0)
        {
            SqliteConnectionErrors.Check(_handle, raw.sqlite3_prepare_v2(_handle, text, out var handle, out text));
            text = text.Trim();
            using var statement = new SqliteStatement(_handle, handle);
            if (!handle.IsInvalid) statement.Run();
        }
    }

    /// <summary>Runs <paramref name="body"/> in a transaction of this kind (<c>begin</c> or <c>begin_read</c>); undone when it throws.</summary>
    public T InTransaction<T>(string begin, Func<SqliteDatabase, T> body)
    {
        this[begin].Run();
        try
        {
            var result = body(this);
            this["commit"].Run();
            return result;
        }
        catch
        {
            foreach (var statement in _prepared.Values) statement.Reset();
            if (raw.sqlite3_get_autocommit(_handle) == 0) this["rollback"].Run();
            throw;
        }
    }

    /// <summary>The rows of a statement whose parameters are bound.</summary>
    public static List<T> Rows<T>(SqliteStatement statement, Func<SqliteStatement, T> row)
    {
        var rows = new List<T>();
        try
        {
            while (statement.Step()) rows.Add(row(statement));
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }

    /// <summary>Forgets the statements of days (their tables may be dropped).</summary>
    public void ForgetDays()
    {
        foreach (var (text, statement) in _prepared.Where(p => _daily.ContainsValue(p.Value)).ToList())
        {
            _prepared.Remove(text);
            statement.Dispose();
        }

        _daily.Clear();
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        if (raw.sqlite3_close_v2(_handle) != raw.SQLITE_OK) throw new SqliteException("SQLite could not close the database", raw.SQLITE_ERROR);
    }
}
