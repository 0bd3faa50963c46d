using Npgsql;
using NpgsqlTypes;

namespace Worcr.Store.Postgres;

/// <summary>Typed parameters: nothing is boxed, nothing is inferred.</summary>
internal static class PostgresValue
{
    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Of(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter OfNullable(string? value) => Nullable(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Json(string? value) => Nullable(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Of(byte[]? value) => Nullable(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Of(long[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(int[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(short[]? values) => Nullable(values, NpgsqlDbType.Array | NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(bool[] values) => Array(values, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(double[] values) => Array(values, NpgsqlDbType.Double);

    public static NpgsqlParameter Of(Guid[] values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(string?[]? values) => Nullable(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Of(byte[]?[] values) => Array(values, NpgsqlDbType.Bytea);

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType element) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter Nullable<T>(T? value, NpgsqlDbType type)
        where T : class =>
        value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type } : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };
}
