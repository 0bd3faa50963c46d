using Npgsql;
using Worcr.Store.Image;

namespace Worcr.Store.Postgres;

/// <summary>The row at which a reader stands.</summary>
internal readonly struct PostgresRow(NpgsqlDataReader reader) : IStoredRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public bool Bool(int column) => reader.GetBoolean(column);

    public short Small(int column) => reader.GetInt16(column);

    public int Int(int column) => reader.GetInt32(column);

    public long Long(int column) => reader.GetInt64(column);

    public double Double(int column) => reader.GetDouble(column);

    public Guid Guid(int column) => reader.GetGuid(column);

    public string Text(int column) => reader.GetString(column);

    public ReadOnlySpan<byte> Blob(int column) => reader.GetFieldValue<byte[]>(column);

    public byte[]? Bytes(int column) => IsNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
