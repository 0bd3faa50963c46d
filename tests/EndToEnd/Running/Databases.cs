using Worcr.Testing.Postgres;

namespace Worcr.EndToEnd.Running;

/// <summary>Empty stores for the tests; the PostgreSQL server is started when the first test asks for one.</summary>
internal static class Databases
{
    private static readonly Lazy<Task<PostgresServer>> Postgres = new(PostgresServer.StartAsync);

    /// <summary>Skips the test where the store cannot be had; in CI that is a failure.</summary>
    public static void Need(StoreKind store)
    {
        if (store == StoreKind.Postgres && PostgresServer.Missing is { } reason) Places.Lack(reason);
    }

    /// <summary>The address of a new, empty store.</summary>
    public static async Task<string> NewAsync(StoreKind store) => store switch
    {
        StoreKind.Sqlite => $"sqlite://{Path.Combine(Places.NewFolder(), "worcr.db")}",
        StoreKind.Postgres => await (await Postgres.Value).NewDatabaseAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(store)),
    };

    /// <summary>Runs SQL as the superuser in a PostgreSQL database that <see cref="NewAsync"/> gave.</summary>
    public static async Task ExecuteAsync(string url, string sql) => await (await Postgres.Value).ExecuteAsync(url[(url.LastIndexOf('/') + 1)..], sql);

    public static async Task CloseAsync()
    {
        if (Postgres.IsValueCreated && Postgres.Value.IsCompletedSuccessfully) await (await Postgres.Value).DisposeAsync();
    }
}
