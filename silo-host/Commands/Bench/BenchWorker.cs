using System.Globalization;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>A worker process whose handlers do nothing; it tells when its first handler started.</summary>
public sealed class BenchWorker : IAsyncDisposable
{
    /// <summary>What a worker prints before the time of its first handler, in Unix microseconds.</summary>
    public const string FirstStart = "first ";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly SelfProcess _process;

    private BenchWorker(SelfProcess process) => _process = process;

    /// <summary>Processor seconds that it has used.</summary>
    public double CpuSeconds => _process.Cpu.TotalSeconds;

    /// <summary>Starts a worker of the .NET SDK.</summary>
    public static Task<BenchWorker> StartDotNetAsync(Uri silo, int slots, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        string[] arguments = [BenchWorkerCommand.Name, "--url", silo.ToString(), "--slots", slots.ToString(CultureInfo.InvariantCulture)];
        return Task.FromResult(new BenchWorker(SelfProcess.StartSelf(arguments)));
    }

    /// <summary>Starts a worker of the JavaScript SDK in Node.js.</summary>
    public static Task<BenchWorker> StartNodeAsync(NodeWorker node, Uri silo, int slots, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(new BenchWorker(SelfProcess.Start(node.Program, node.Arguments(silo, slots))));
    }

    /// <summary>When its first handler started.</summary>
    public async Task<DateTimeOffset> FirstStartAsync(CancellationToken cancel)
    {
        var text = await _process.LineAsync(FirstStart, cancel);
        return DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(text, CultureInfo.InvariantCulture));
    }

    /// <summary>Asks it to leave.</summary>
    public Task StopAsync() => _process.StopAsync(StopPatience);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _process.DisposeAsync();
    }
}
