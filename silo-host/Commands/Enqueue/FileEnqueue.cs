using System.Net;
using System.Threading.Channels;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>Enqueues a stream of jobs: one request after the other, so that their order is kept, while the next one is being read.</summary>
/// <param name="send">Sends one request of jobs.</param>
/// <param name="bad">Told of each line that is no job; null: the first one ends the run.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="clock">For waiting when the server is at capacity.</param>
public sealed class FileEnqueue(
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<ApiAnswer>> send, Action<NdjsonBadLine>? bad, Action<EnqueueCount> progress, TimeProvider clock)
{
    private const int ReadAhead = 2;

    private long _jobs;
    private long _lastLine;

    /// <summary>Jobs that the server has accepted.</summary>
    public long Jobs => _jobs;

    /// <summary>The last line up to which every job is accepted or reported.</summary>
    public long LastLine => _lastLine;

    /// <summary>Enqueues all of <paramref name="reader"/>.</summary>
    public async Task RunAsync(NdjsonReader reader, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var chunks = Channel.CreateBounded<NdjsonChunk>(ReadAhead);
        var reading = ReadAllAsync(reader, chunks.Writer, stop.Token);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancel)) await EnqueueAsync(chunk, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAllAsync(NdjsonReader reader, ChannelWriter<NdjsonChunk> chunks, CancellationToken cancel)
    {
        try
        {
            await foreach (var chunk in reader.ReadAsync(cancel)) await chunks.WriteAsync(chunk, cancel);
            chunks.Complete();
        }
        catch (Exception error)
        {
            chunks.Complete(error);
        }
    }

    private async Task EnqueueAsync(NdjsonChunk chunk, CancellationToken cancel)
    {
        while (chunk.Jobs.Count > 0)
        {
            var answer = await send(chunk.Body, cancel);
            if (answer.IsSuccess) break;
            if (answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1), clock, cancel);
                continue;
            }

            var problem = answer.Problem();
            if (problem.JobIndex is not { } index || index >= chunk.Jobs.Count) throw new CommandException(problem.ToString());
            Report(new NdjsonBadLine(chunk.Jobs[index].Line, problem.ToString()));
            chunk = chunk.Without(index);
        }

        _jobs += chunk.Jobs.Count;
        _lastLine = chunk.Bad is { } line ? line.Line - 1 : chunk.LinesRead;
        progress(new EnqueueCount(_jobs, chunk.BytesRead));
        if (chunk.Bad is not null) Report(chunk.Bad);
        _lastLine = chunk.LinesRead;
    }

    private void Report(NdjsonBadLine line)
    {
        if (bad is null) throw new NdjsonBadLineException(line);
        bad(line);
    }
}
