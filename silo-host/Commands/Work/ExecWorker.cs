using System.Text;
using System.Text.Json;
using Worcr.Client;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>A worker of the .NET SDK whose handler is a program.</summary>
public sealed class ExecWorker(CommandIo io, WorkSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(2);

    private readonly ExecProgram _program = new(settings.Program, settings.Server.Url, settings.Grace, clock);

    /// <summary>Works until a signal or <paramref name="cancel"/>, then drains.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        using var signals = new Signals(cancel, _program.KillAll);
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new SayLoggerProvider(io)));
        await using var worker = new WorcrWorker(Options(), logs: logs);
        try
        {
            await worker.RunAsync(signals.Stopping);
            return ExitCodes.Success;
        }
        catch (WorcrException error)
        {
            throw new CommandException($"the server refuses this worker: {error.Message} ({error.Code})");
        }
        finally
        {
            _program.KillAll();
        }
    }

    private WorcrWorkerOptions Options()
    {
        var options = new WorcrWorkerOptions
        {
            Url = settings.Server.Url,
            Key = settings.Server.Key,
            Namespace = settings.Server.Namespace,
            Slots = settings.Slots,
            Prefetch = 0,
            DrainTimeout = settings.DrainTimeout,
            StopTimeout = settings.Grace + ReportTime,
            TimeProvider = clock,
        };
        if (settings.Name is { } name) options.Name = name;
        foreach (var tag in settings.Tags) options.Tags.Add(tag);
        foreach (var queue in settings.Queues) options.Queues.Add(queue);
        foreach (var type in settings.Types) options.HandleRaw(type, HandleAsync);
        return options;
    }

    private async ValueTask<ReadOnlyMemory<byte>> HandleAsync(JobContext context)
    {
        var start = clock.GetTimestamp();
        var notes = new SdkNotes(context, io);
        var result = await _program.RunAsync(JobOf(context), notes, () => StopOf(context.StopReason), context.CancellationToken);
        var took = CommandDurations.Write(clock.GetElapsedTime(start));
        switch (result)
        {
            case ExecResult.Fail(var code, var message):
                io.Say($"{context.Type} {context.Id} attempt {context.Attempt}: failed after {took}: {message.ReplaceLineEndings(" | ")}");
                throw new JobFailedException(message) { Code = code };
            case ExecResult.Yield(var reason):
                io.Say($"{context.Type} {context.Id} attempt {context.Attempt}: given back after {took} ({reason})");
                throw new JobYieldException(reason);
            default:
                if (!settings.Quiet) io.Say($"{context.Type} {context.Id} attempt {context.Attempt}: complete after {took}");
                return result is ExecResult.Complete { Json: { } json } ? Encoding.UTF8.GetBytes(json) : default;
        }
    }

    private ExecJob JobOf(JobContext context) => new()
    {
        Id = context.Id.ToString(),
        Type = context.Type,
        Tenant = context.Tenant,
        Tags = context.Tags,
        Attempt = context.Attempt,
        Lease = context.Lease,
        Args = context.Args,
        Checkpoints = CheckpointsOf(context),
        Timeout = settings.Timeout,
    };

    private static string CheckpointsOf(JobContext context)
    {
        var values = context.Checkpoints.Names.ToDictionary(name => name, name => context.Checkpoints.Get(name, default(JsonElement)), StringComparer.Ordinal);
        return JsonSerializer.Serialize(values);
    }

    private static ExecStop StopOf(StopReason reason) => reason == StopReason.Timeout ? ExecStop.TimedOut : ExecStop.Interrupted;
}
