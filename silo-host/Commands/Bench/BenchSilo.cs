using System.Globalization;
using System.Text;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Bench.Http;
using Worcr.SiloHost.Commands.Bench.Stores;
using Worcr.SiloHost.Commands.Connection;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>A silo in a process of its own over a database that goes with it.</summary>
public sealed class BenchSilo : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(30);

    private readonly BenchDatabase _database;
    private SelfProcess _process;
    private ApiClient _api;

    private BenchSilo(BenchDatabase database, SelfProcess process, Uri url)
    {
        _database = database;
        _process = process;
        Url = url;
        _api = new ApiClient(new ServerAddress(url, null, ServerAddress.DefaultNamespace));
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; }

    /// <summary>Memory that it holds now, in bytes.</summary>
    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>Processor seconds that it has used.</summary>
    public double CpuSeconds => _process.Cpu.TotalSeconds;

    /// <summary>Starts one; it owns the database from here on.</summary>
    public static async Task<BenchSilo> StartAsync(BenchDatabase database, CancellationToken cancel)
    {
        var (process, url) = await LaunchAsync(database, cancel);
        return new BenchSilo(database, process, url);
    }

    /// <summary>Stops it and starts it again over the same database.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        await _process.StopAsync(StopPatience);
        await _process.DisposeAsync();
        _api.Dispose();
        (_process, Url) = await LaunchAsync(_database, cancel);
        _api = new ApiClient(new ServerAddress(Url, null, ServerAddress.DefaultNamespace));
    }

    /// <summary>Stops it, without starting it again.</summary>
    public Task StopAsync() => _process.StopAsync(StopPatience);

    /// <summary>Runs every path once: enqueues in bulk and one by one, and drains with a worker.</summary>
    public async Task WarmUpAsync(int jobs, TimeProvider clock, CancellationToken cancel)
    {
        await new EnqueueLoad(Url, 1, 100).RunAsync(jobs, clock, cancel);
        await new EnqueueLoad(Url, 10, 1).RunAsync(jobs / 4, clock, cancel);
        await using var worker = await BenchWorker.StartDotNetAsync(Url, slots: 50, cancel);
        await worker.FirstStartAsync(cancel);
        await FinishedAsync(jobs + (jobs / 4), clock, cancel);
        await worker.StopAsync();
    }

    /// <summary>Puts a rule.</summary>
    public async Task PutAsync(string rule, string body, CancellationToken cancel) => Succeed(await _api.PutAsync(rule, Encoding.UTF8.GetBytes(body), cancel));

    /// <summary>Deletes a rule.</summary>
    public async Task DeleteAsync(string rule, CancellationToken cancel) => Succeed(await _api.DeleteAsync(rule, cancel));

    /// <summary>Its figures.</summary>
    public async Task<StatsDocument> StatsAsync(CancellationToken cancel)
    {
        var answer = await _api.GetAsync("stats", cancel);
        return answer.IsSuccess ? answer.Read(ProtocolJson.Default.StatsDocument) : throw new CommandException(answer.Problem().ToString());
    }

    /// <summary>
    /// Waits until so many jobs have succeeded since it started. Looking takes time from what is measured: so it looks seldom, and often only towards the end.
    /// </summary>
    public async Task FinishedAsync(long jobs, TimeProvider clock, CancellationToken cancel)
    {
        var last = (Done: (await StatsAsync(cancel)).Jobs.Succeeded, At: clock.GetTimestamp());
        var wait = LongestWait;
        while (last.Done < jobs)
        {
            await Task.Delay(wait, cancel);
            var (done, now) = ((await StatsAsync(cancel)).Jobs.Succeeded, clock.GetTimestamp());
            var passed = clock.GetElapsedTime(last.At, now);
            if (_process.HasExited) throw new CommandException($"the silo ended: {_process.LastErrors()}");
            if (done > last.Done) (wait, last) = (HalfOfTheRest(passed, done - last.Done, jobs - done), (done, now));
            else if (passed > Stalled) throw new CommandException($"the drain has stopped at {done} of {jobs} jobs");
            else wait = ShortestWait;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _process.StopAsync(StopPatience);
        await _process.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static TimeSpan HalfOfTheRest(TimeSpan passed, long done, long left) =>
        TimeSpan.FromTicks(Math.Clamp((long)(passed.Ticks * (left / (2.0 * done))), ShortestWait.Ticks, LongestWait.Ticks));

    private static void Succeed(ApiAnswer answer)
    {
        if (!answer.IsSuccess) throw new CommandException(answer.Problem().ToString());
    }

    private static async Task<(SelfProcess Process, Uri Url)> LaunchAsync(BenchDatabase database, CancellationToken cancel)
    {
        var process = SelfProcess.StartSelf(
            ["serve", "--urls", "http://127.0.0.1:0", "--log", "warning", "--drain-timeout", "1s"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = database.Url, ["WORCR_AUTH"] = "off" });
        try
        {
            var url = await process.LineAsync("ready on ", cancel);
            return (process, new Uri(url.Trim()));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"silo at {Url}");
}
