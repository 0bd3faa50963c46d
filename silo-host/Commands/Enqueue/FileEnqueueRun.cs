using System.Globalization;
using System.Net.Sockets;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary><c>worcr enqueue --file</c>: opens the file, enqueues it with progress, and says where it ended.</summary>
public sealed class FileEnqueueRun(CommandIo io, ApiClient api, string path)
{
    private long _badLines;

    /// <summary>Go on after a line that is no job. Default: no.</summary>
    public bool SkipBad { get; init; }

    /// <summary>Lines at the start that are passed over. Default: 0.</summary>
    public long SkipLines { get; init; }

    private string Name => path == "-" ? "standard input" : path;

    /// <summary>Enqueues the file; the exit code says whether every line was a job.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var stream = path == "-" ? io.In : File.OpenRead(path);
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var progress = new EnqueueProgress(io, stream.CanSeek ? stream.Length : null, clock);
        var done = await progress.RunAsync(async report =>
        {
            var enqueue = new FileEnqueue((body, stop) => api.PostAsync("jobs", body, ApiClient.NdJson, stop), SkipBad ? ReportBad : null, report, clock);
            await RunOrExplainAsync(enqueue, new NdjsonReader(stream, new NdjsonLimits { SkipLines = SkipLines }), cancel);
            return enqueue.Jobs;
        });
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        var bad = _badLines == 0 ? "" : Invariant($"; {_badLines:N0} bad lines passed over");
        await io.Error.WriteLineAsync(Invariant($"enqueued {done:N0} jobs from {Name} in {seconds:0.0} s ({done / seconds:N0}/s){bad}"));
        return _badLines == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task RunOrExplainAsync(FileEnqueue enqueue, NdjsonReader reader, CancellationToken cancel)
    {
        try
        {
            await enqueue.RunAsync(reader, cancel);
        }
        catch (NdjsonBadLineException failure)
        {
            throw new CommandException($"{Name}:{failure.Line.Line}: {failure.Line.Reason}; {Position(enqueue)}");
        }
        catch (CommandException failure)
        {
            throw new CommandException($"{failure.Message}; {Position(enqueue)}");
        }
        catch (HttpRequestException error) when (enqueue.Jobs > 0 || error.InnerException is not SocketException)
        {
            throw new CommandException($"the connection broke: {error.Message}; {Position(enqueue)}, and those of the next request may be");
        }
        catch (OperationCanceledException)
        {
            throw new CommandException($"interrupted; {Position(enqueue)}", ExitCodes.Interrupted);
        }
    }

    private void ReportBad(NdjsonBadLine line)
    {
        _badLines++;
        io.Say($"{Name}:{line.Line}: {line.Reason}");
    }

    private static string Position(FileEnqueue enqueue) =>
        Invariant($"{enqueue.Jobs:N0} jobs, all up to line {enqueue.LastLine}, are enqueued (go on with --from-line {enqueue.LastLine + 1})");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
