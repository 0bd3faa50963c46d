using Npgsql;

namespace Worcr.Store.Postgres;

/// <summary>Turns what Npgsql throws into what the contract promises.</summary>
internal static class PostgresErrors
{
    /// <summary>Raised by <c>worcr.fence</c>.</summary>
    private const string Fenced = "WRC01";

    /// <summary>The connection could not be had: nothing was sent. Null: not an error of that kind.</summary>
    public static Exception? OfConnecting(Exception error) => error switch
    {
        PostgresException server => IsTransient(server) || IsShutdown(server) ? Transient(server) : null,
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => Transient(error),
        _ => null,
    };

    /// <summary>A read failed: whatever the reason, nothing was written.</summary>
    public static Exception? OfReading(Exception error) => error switch
    {
        PostgresException { SqlState: Fenced } fenced => new StoreFencedException(fenced.MessageText, fenced),
        _ => OfConnecting(error),
    };

    /// <summary>A write failed after it was sent.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="last">The last statement: when the server stops after it, the transaction may have been committed.</param>
    public static Exception? OfWriting(Exception error, NpgsqlBatchCommand? last) => error switch
    {
        PostgresException { SqlState: Fenced } fenced => new StoreFencedException(fenced.MessageText, fenced),
        PostgresException server when IsTransient(server) => Transient(server),
        PostgresException server when IsShutdown(server) => IsBefore(server, last) ? Transient(server) : Unknown(server),
        PostgresException => null,
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => Unknown(error),
        _ => null,
    };

    /// <summary>Whether a flush met a day whose partition is gone.</summary>
    public static bool IsMissingPartition(PostgresException error) => error is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null or "" };

    // Errors of single statements: the server has rolled the transaction back and says so.
    private static bool IsTransient(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => true,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow => true,
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources => true,
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction => true,
        _ => false,
    };

    private static bool IsShutdown(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout;

    // What the server says comes in order: an end that it announces before the last statement is complete is an end before the commit. Not so when it
    // crashes, which can be at any moment.
    private static bool IsBefore(PostgresException error, NpgsqlBatchCommand? last) =>
        error.SqlState != PostgresErrorCodes.CrashShutdown && last is { StatementType: StatementType.Unknown };

    private static StoreTransientException Transient(Exception error) => new($"PostgreSQL cannot do this now: {error.Message}", error);

    private static StoreOutcomeUnknownException Unknown(Exception error) => new($"The connection to PostgreSQL broke while writing: {error.Message}", error);
}
