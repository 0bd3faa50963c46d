namespace Worcr.Store;

/// <summary>Asks to forget what is old. Days are days since 1970-01-01 (UTC).</summary>
/// <param name="BeforeDay">Partitions of earlier days are dropped.</param>
/// <param name="Now">Unix milliseconds; unique keys whose time is over before it go.</param>
public sealed record Retire(int BeforeDay, long Now);
