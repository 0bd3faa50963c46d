namespace Worcr.EndToEnd.Running;

/// <summary>What a silo keeps its jobs in.</summary>
public enum StoreKind
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A database of a real PostgreSQL server.</summary>
    Postgres,
}
