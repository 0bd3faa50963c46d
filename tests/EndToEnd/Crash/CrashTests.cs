using System.Globalization;
using Worcr.Player;
using Worcr.Testing.Postgres;

namespace Worcr.EndToEnd.Crash;

/// <summary>
/// Silo, workers and database are killed under load, again and again; then everything is healed and every job accounted for.
/// <c>WORCR_CRASH_ROUNDS</c> says how often (default 6), <c>WORCR_CRASH_SEED</c> repeats a run's choices.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int CompletionsBetweenCrashes = 300;
    private const int UnseenAtMost = 100;
    private static readonly int Rounds = Number("WORCR_CRASH_ROUNDS") ?? 6;
    private static readonly int Seed = Number("WORCR_CRASH_SEED") ?? Environment.ProcessId;

    private enum Disaster
    {
        SiloKilled,
        WorkerKilled,
        DatabaseCrashed,
    }

    [Fact]
    public async Task On_SQLite_nothing_is_lost_and_nothing_done_twice() =>
        await RunAsync(await Databases.NewAsync(StoreKind.Sqlite), null);

    [Fact]
    public async Task On_PostgreSQL_nothing_is_lost_and_nothing_done_twice()
    {
        Databases.Need(StoreKind.Postgres);
        await using var server = await PostgresServer.StartAsync();
        await RunAsync(await server.NewDatabaseAsync(), server);
    }

    private async Task RunAsync(string databaseUrl, PostgresServer? server)
    {
        output.WriteLine($"seed {Seed}, {Rounds} rounds");
        var random = new Random(Seed);
        var type = Names.New("crash");
        var ledger = new Ledger();
        var (workq, faktory) = (Places.FreePort(), Places.FreePort());
        await using var silo = await Silo.StartAsync(new SiloSpec { DatabaseUrl = databaseUrl, Environment = Addresses.Gateways(workq, faktory) });
        (await silo.Api.PutAsync($"/v1/types/{type}", new { timeout = "5s", retry = new { maxAttempts = 1000, @base = "10ms", backoff = "fixed" } })).Status.ShouldBe(HttpStatusCode.Created);
        await using var workers = new Workforce(new Addresses(silo.Url, workq, faktory), type, ledger);
        await workers.HireAsync();
        using var stop = new CancellationTokenSource();
        var producers = Enumerable.Range(0, 4)
            .Select(n => new Producer(silo.Api, type, ledger, new Random(Seed + n), ownIds: n % 2 == 0).RunAsync(stop.Token))
            .Append(WorkqProducer(workq, type, ledger).RunAsync(stop.Token))
            .Append(FaktoryProducer(faktory, type, ledger).RunAsync(stop.Token)).ToList();

        foreach (var disaster in Plan(random, server is not null))
        {
            await ProgressAsync(ledger, producers, $"before {disaster}");
            await StrikeAsync(disaster, silo, workers, server, random);
            ledger.Forgive(UnseenAtMost);
            output.WriteLine($"{disaster} after {ledger.Completions} completions");
        }

        await ProgressAsync(ledger, producers, "after the last disaster");
        await stop.CancelAsync();
        await Task.WhenAll(producers).OrSay("the producers never came to an end", Patience.Process);
        var jobs = await FinishedAsync(silo, type);
        var audit = new Audit(ledger, jobs);
        output.WriteLine(audit.Summary());
        audit.Check();
    }

    private static LineProducer WorkqProducer(int port, string type, Ledger ledger) => new(
        type,
        ledger,
        cancel => LineSocket.ConnectAsync(port, cancel),
        job => $"add {job.Id} {job.Type} 5000 3600000 4\r\nnull",
        reply => reply is "+OK" or "-CLIENT-ERROR Duplicate job" || (reply.StartsWith("-SERVER-ERROR", StringComparison.Ordinal) ? false : throw new InvalidOperationException($"add was answered {reply}")));

    private static LineProducer FaktoryProducer(int port, string type, Ledger ledger) => new(
        type,
        ledger,
        cancel => LineSocket.FaktoryAsync(port, null, cancel),
        job => $$"""PUSH {"jid":"{{job.Id}}","jobtype":"{{job.Type}}","args":[{{job.Number}}]}""",
        reply => reply == "+OK");

    /// <summary>Every kind of disaster at least once where there are rounds enough, in an order of chance.</summary>
    private static List<Disaster> Plan(Random random, bool database)
    {
        Disaster[] kinds = database ? Enum.GetValues<Disaster>() : [Disaster.SiloKilled, Disaster.WorkerKilled];
        return [.. Enumerable.Range(0, Rounds).Select(n => kinds[n % kinds.Length]).OrderBy(_ => random.Next())];
    }

    private static async Task ProgressAsync(Ledger ledger, List<Task> producers, string when)
    {
        var more = ledger.MoreAsync(CompletionsBetweenCrashes);
        var first = await Task.WhenAny([more, .. producers]).OrSay($"work came to a halt {when}", Patience.Process);
        await first;
        await more.OrSay($"work came to a halt {when}", Patience.Process);
    }

    private static async Task StrikeAsync(Disaster disaster, Silo silo, Workforce workers, PostgresServer? server, Random random)
    {
        switch (disaster)
        {
            case Disaster.SiloKilled:
                await silo.KillAsync();
                await silo.RestartAsync();
                break;
            case Disaster.WorkerKilled:
                await workers.KillOneAsync(random);
                break;
            case Disaster.DatabaseCrashed:
                await server!.CrashAsync();
                await server.StartAgainAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(disaster));
        }
    }

    /// <summary>All jobs, once the last one is finished.</summary>
    private static async Task<IReadOnlyList<JsonElement>> FinishedAsync(Silo silo, string type)
    {
        foreach (var job in await silo.Api.ListAsync($"type={type}"))
        {
            if (job.GetProperty("state").GetString() != "succeeded") await silo.Api.FinishedAsync(job.GetProperty("id").GetString()!);
        }

        return await silo.Api.ListAsync($"type={type}");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
