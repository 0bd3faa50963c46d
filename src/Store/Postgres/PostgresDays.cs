using System.Collections.Concurrent;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>The day partitions that this process has seen.</summary>
internal sealed class PostgresDays(PostgresDatabase database)
{
    public const string Finished = "finished";
    public const string LogLine = "log_line";
    private readonly ConcurrentDictionary<(string Table, int Day), bool> _seen = new();

    /// <summary>Creates what is not there. Its own transaction, before the one that needs it.</summary>
    public async Task EnsureAsync(string table, IEnumerable<int> days, CancellationToken cancel)
    {
        foreach (var day in days)
        {
            if (_seen.ContainsKey((table, day))) continue;
            await database.WriteAsync([Statement("ensure_day", Of(table), Of(day))], cancel);
            _seen[(table, day)] = true;
        }
    }

    /// <summary>Some are gone: look again.</summary>
    public void Forget() => _seen.Clear();
}
