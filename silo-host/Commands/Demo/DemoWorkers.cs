using Worcr.Client;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>The demo's workers: three of the .NET SDK in this process, and a shell command as <c>worcr work --exec</c>.</summary>
public sealed class DemoWorkers(Uri silo, TimeProvider clock) : IAsyncDisposable
{
    private const int FirstSlots = 3;
    private const int AllSlots = 20;
    private const int Parts = 60;
    private const int PartsPerCheckpoint = 10;
    private const int BreaksAt = 25;

    private static readonly TimeSpan RowTime = TimeSpan.FromMilliseconds(6);
    private static readonly TimeSpan PartTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly List<(WorcrWorker Worker, Task Running)> _workers = [];
    private SelfProcess? _shell;

    /// <summary>Whether there is a shell for shell jobs.</summary>
    public static bool HasShell => ProgramFiles.Find("sh") is not null;

    /// <summary>Starts them; the one for rows has few slots at first.</summary>
    public void Start()
    {
        Start("rows", FirstSlots, options => options
            .HandleRaw(DemoTypes.Import, WorkAsync)
            .HandleRaw(DemoTypes.Order, WorkAsync)
            .HandleRaw(DemoTypes.PremiumOrder, WorkAsync));
        Start("office", 2, options => options.HandleRaw(DemoTypes.Flaky, FlakyAsync).HandleRaw(DemoTypes.Reminder, WorkAsync).HandleRaw(DemoTypes.Tick, WorkAsync));
        Start("digest", 1, options => options.HandleRaw(DemoTypes.Digest, DigestAsync));
        if (HasShell)
            _shell = SelfProcess.StartSelf(["work", "--url", silo.ToString(), "--type", DemoTypes.Shell, "--name", "shell", "--quiet", "--exec", "sh", "-c", "wc -c"]);
    }

    /// <summary>Gives the worker for rows all its slots.</summary>
    public Task GrowAsync() => _workers[0].Worker.SetSlotsAsync(AllSlots);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_workers.Select(pair => pair.Worker.DrainAsync()).Append(_shell?.StopAsync(StopPatience) ?? Task.CompletedTask));
        foreach (var (worker, running) in _workers)
        {
            await running;
            await worker.DisposeAsync();
        }

        if (_shell is not null) await _shell.DisposeAsync();
    }

    private void Start(string name, int slots, Action<WorcrWorkerOptions> handle)
    {
        var options = new WorcrWorkerOptions { Url = silo, Name = name, Slots = slots, DrainTimeout = TimeSpan.FromSeconds(1), TimeProvider = clock };
        handle(options);
        var worker = new WorcrWorker(options);
        _workers.Add((worker, worker.RunAsync()));
    }

    private async ValueTask<ReadOnlyMemory<byte>> WorkAsync(JobContext context)
    {
        await Task.Delay(RowTime, clock, context.CancellationToken);
        return default;
    }

    private async ValueTask<ReadOnlyMemory<byte>> FlakyAsync(JobContext context)
    {
        await Task.Delay(RowTime, clock, context.CancellationToken);
        var fails = context.Id.ToByteArray()[^1] % 4; // some at once, some only at the fourth attempt
        return context.Attempt > fails ? default : throw new JobFailedException("the mail server is busy") { Code = "smtp_451" };
    }

    private async ValueTask<ReadOnlyMemory<byte>> DigestAsync(JobContext context)
    {
        for (var part = context.Checkpoints.Get("part", 0); part < Parts; part++)
        {
            if (part == BreaksAt && context.Attempt == 1) throw new JobFailedException("the digest's machine went away") { Code = "power_cut" };
            if (part % PartsPerCheckpoint == 0) await context.CheckpointAsync("part", part);
            await context.ProgressAsync("parts", part, Parts);
            await Task.Delay(PartTime, clock, context.CancellationToken);
        }

        await context.ProgressAsync("parts", Parts, Parts);
        return default;
    }
}
