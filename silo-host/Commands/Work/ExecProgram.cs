using System.Collections.Concurrent;
using System.ComponentModel;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>Runs any program as the handler of a job.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="url">The server, for the program to know.</param>
/// <param name="grace">How long after SIGTERM the program is killed.</param>
/// <param name="clock">For time-outs and the grace.</param>
public sealed class ExecProgram(IReadOnlyList<string> command, Uri url, TimeSpan grace, TimeProvider clock)
{
    private readonly ConcurrentDictionary<ProcessGroup, byte> _running = new();

    /// <summary>Ends every program that still runs, at once.</summary>
    public void KillAll()
    {
        foreach (var group in _running.Keys) group.Kill();
    }

    /// <summary>Runs the program for one job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="notes">Takes what the program says meanwhile.</param>
    /// <param name="why">Why <paramref name="stop"/> was cancelled.</param>
    /// <param name="stop">Asks the program to end.</param>
    public async Task<ExecResult> RunAsync(ExecJob job, IExecNotes notes, Func<ExecStop> why, CancellationToken stop)
    {
        using var environment = new ExecEnvironment(job, url);
        ProcessGroup group;
        try
        {
            group = ProcessGroup.Start(command, environment.Variables);
        }
        catch (Win32Exception error)
        {
            return new ExecResult.Fail("exec", $"{command[0]} does not start: {error.Message}");
        }

        using (group)
        {
            _running.TryAdd(group, 0);
            var output = new ExecOutput();
            var errors = new ExecErrors();
            var talk = Task.WhenAll(WriteAsync(group.Input, job.Args), output.ReadAsync(group.Output, notes), errors.ReadAsync(group.Errors, notes));
            var reason = await WaitAsync(group, job.Timeout, why, stop);
            group.Kill();
            _running.TryRemove(group, out _);
            await talk;
            return ExecVerdict.Judge(group.ExitCode, reason, output, errors.Tail);
        }
    }

    private async Task<ExecStop> WaitAsync(ProcessGroup group, TimeSpan timeout, Func<ExecStop> why, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        if (await EndedAsync(group, either.Token)) return ExecStop.None;
        group.Terminate();
        var reason = stop.IsCancellationRequested ? why() : ExecStop.TimedOut;
        using var patience = new CancellationTokenSource(grace, clock);
        if (await EndedAsync(group, patience.Token)) return reason;
        group.Kill();
        await group.WaitAsync(CancellationToken.None);
        return reason;
    }

    private static async Task<bool> EndedAsync(ProcessGroup group, CancellationToken cancel)
    {
        try
        {
            await group.WaitAsync(cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A program need not read its input: it may close it, or end, at any time.</summary>
    private static async Task WriteAsync(Stream input, ReadOnlyMemory<byte> args)
    {
        try
        {
            await using (input) await input.WriteAsync(args);
        }
        catch (IOException)
        {
            return;
        }
    }
}
