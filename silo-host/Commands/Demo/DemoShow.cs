using System.Globalization;
using Spectre.Console;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>The demo's course: fill, start the workers, watch, and sum up.</summary>
public sealed class DemoShow(CommandIo io, Uri silo, TimeProvider clock)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MoreSlotsAfter = TimeSpan.FromSeconds(6);

    private readonly DemoState _state = new();
    private Guid _digest;

    /// <summary>Jobs of the giant tenant. Default: 100,000.</summary>
    public int BulkJobs { get; init; } = 100_000;

    /// <summary>End when the sample load is done. Default: no.</summary>
    public bool Once { get; init; }

    /// <summary>Runs until <paramref name="cancel"/>, or until all is done.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var api = new ApiClient(new ServerAddress(silo, null, ServerAddress.DefaultNamespace));
        try
        {
            await FillAsync(new DemoProducer(api), cancel);
            await using var workers = new DemoWorkers(silo, clock);
            workers.Start();
            await WatchAsync(api, workers, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            io.Say("ending: the workers give back what they hold");
        }

        foreach (var line in DemoTable.Summary(_state)) await io.Out.WriteLineAsync(line);
    }

    private async Task FillAsync(DemoProducer producer, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        foreach (var batch in DemoLoad.Batches(BulkJobs, DemoWorkers.HasShell))
        {
            var last = await producer.EnqueueAsync(batch, cancel);
            if (batch.Type == DemoTypes.Digest) _digest = last;
            _state.Expect(batch);
        }

        await producer.ScheduleAsync(cancel);
        var jobs = _state.Tenants.Sum(tenant => tenant.Expected);
        io.Say(string.Create(CultureInfo.InvariantCulture, $"enqueued {jobs:N0} jobs in {CommandDurations.Write(clock.GetElapsedTime(start))}; now the workers come"));
    }

    private async Task WatchAsync(ApiClient api, DemoWorkers workers, CancellationToken cancel)
    {
        if (!io.Interactive)
        {
            await FollowAsync(api, workers, TimeSpan.FromSeconds(1), () => io.Say(DemoTable.Line(_state)), cancel);
            return;
        }

        await io.Screen.Live(DemoTable.Render(_state)).StartAsync(live =>
            FollowAsync(api, workers, Redraw, () => live.UpdateTarget(DemoTable.Render(_state)), cancel));
    }

    private async Task FollowAsync(ApiClient api, DemoWorkers workers, TimeSpan period, Action show, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Redraw, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var start = clock.GetTimestamp();
        var shown = start;
        Task? growing = null;
        Task? trickle = null;
        try
        {
            do
            {
                await LookAsync(api, clock.GetElapsedTime(start), cancel);
                if (_state.Elapsed > MoreSlotsAfter) growing ??= workers.GrowAsync();
                if (_state.IsDone && !Once) trickle ??= new DemoProducer(api).TrickleAsync(clock, end.Token);
                if (clock.GetElapsedTime(shown) < period && !(_state.IsDone && Once)) continue;
                shown = clock.GetTimestamp();
                show();
            }
            while (!(_state.IsDone && Once) && await timer.WaitForNextTickAsync(cancel));
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(growing ?? Task.CompletedTask, trickle ?? Task.CompletedTask);
        }
    }

    private async Task LookAsync(ApiClient api, TimeSpan elapsed, CancellationToken cancel)
    {
        var answer = await api.GetAsync("stats", cancel);
        if (!answer.IsSuccess) throw new CommandException(answer.Problem().ToString());
        _state.Update(answer.Read(ProtocolJson.Default.StatsDocument), elapsed);
        var digest = await api.GetAsync($"jobs/{_digest}", cancel);
        if (!digest.IsSuccess) return;
        using var job = digest.Json();
        if (job.RootElement.TryGetProperty("progress", out var progress) && progress.TryGetProperty("parts", out var parts))
            _state.Digest = (parts.GetProperty("done").GetDouble(), parts.GetProperty("total").GetDouble());
    }
}
