using SQLitePCL;
using Worcr.Store.Image;

namespace Worcr.Store.Sqlite;

/// <summary>A prepared statement that is used again and again. Parameters and columns are numbered as in SQLite: from 1 and from 0.</summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IStoredRow, IDisposable
{
    private int _bound;

    /// <summary>Binds the next parameter.</summary>
    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(double value)
    {
        Check(raw.sqlite3_bind_double(statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, ++_bound) : raw.sqlite3_bind_text(statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(byte[]? value)
    {
        if (value is null) Check(raw.sqlite3_bind_null(statement, ++_bound));
        else BindBlob(value);
        return this;
    }

    public SqliteStatement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        BindBlob(bytes);
        return this;
    }

    /// <summary>Goes to the next row; false after the last one, when the statement is ready for its next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        Reset();
        Check(code);
        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        while (Step())
        {
            // A pragma may answer; nobody asked.
        }
    }

    /// <summary>Ends the use of the statement.</summary>
    public void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(statement); // repeats the code of the step before it
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public bool Bool(int column) => Int(column) != 0;

    public short Small(int column) => (short)Int(column);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int(int column) => raw.sqlite3_column_int(statement, column);

    public double Double(int column) => raw.sqlite3_column_double(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public byte[]? Bytes(int column) => IsNull(column) ? null : Blob(column).ToArray();

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    public void Dispose() => statement.Dispose();

    private void BindBlob(ReadOnlySpan<byte> value) =>
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, ++_bound, 0) : raw.sqlite3_bind_blob(statement, ++_bound, value));

    private void Check(int code) => SqliteConnectionErrors.Check(database, code);
}
