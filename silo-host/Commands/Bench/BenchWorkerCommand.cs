using System.CommandLine;
using System.Globalization;
using Worcr.Client;
using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>A hidden command: the worker process of the drain figures. Its handlers do nothing.</summary>
public static class BenchWorkerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "bench-worker";

    /// <summary>The command.</summary>
    public static Command Define(CommandIo io)
    {
        var url = new Option<string>("--url") { Required = true };
        var slots = new Option<int>("--slots") { Required = true };
        var command = new Command(Name) { url, slots };
        command.Hidden = true;
        command.SetAction((call, cancel) => RunAsync(io, new Uri(call.GetRequiredValue(url)), call.GetRequiredValue(slots), cancel));
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, Uri url, int slots, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var started = 0;
        var options = new WorcrWorkerOptions { Url = url, Slots = slots, Name = "bench" };
        options.HandleRaw(BenchRequests.Type, _ =>
        {
            if (Volatile.Read(ref started) == 0 && Interlocked.Exchange(ref started, 1) == 0) SayStart(io);
            return default;
        });
        await using var worker = new WorcrWorker(options);
        await worker.RunAsync(signals.Stopping);
        return ExitCodes.Success;
    }

    private static void SayStart(CommandIo io)
    {
        var microseconds = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        io.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{BenchWorker.FirstStart}{microseconds}"));
        io.Out.Flush();
    }
}
