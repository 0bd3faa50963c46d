using Worcr.Testing.Postgres;

namespace Worcr.Conformance;

/// <summary>One PostgreSQL for all tests, started when first asked for.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(PostgresServer.StartAsync);

    /// <summary>A new empty database. Where PostgreSQL is not installed the test is skipped, but fails under CI.</summary>
    public async Task<string> NewDatabaseAsync() => await (await ServerAsync()).NewDatabaseAsync();

    /// <summary>The server.</summary>
    public Task<PostgresServer> ServerAsync()
    {
        if (PostgresServer.Missing is { } why)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(why);
            Assert.Skip(why);
        }

        return _server.Value;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }
}
