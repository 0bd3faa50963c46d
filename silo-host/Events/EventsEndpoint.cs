using Microsoft.AspNetCore.Http.Features;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Events;

/// <summary><c>GET /v1/events</c>: what happens from now on, as server-sent events, until the reader leaves or the silo drains.</summary>
internal sealed partial class EventsEndpoint(IDispatchers dispatchers, EventStreams streams, TimeProvider time, ILogger<EventsEndpoint> log) : EndpointBase(dispatchers)
{
    /// <summary>The content type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    private const int MaxEventsText = 4_096;
    private const int RetryMs = 2_000;

    /// <summary>So many events go out together at most: a busy stream is never ahead of its reader by more.</summary>
    private const int MaxUnsent = 64;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var filter = EventFilters.Split(query.Text("events", MaxEventsText), query.Text("type"), query.Text("tenant"), query.Text("queue"));
        var fault = query.Finish() ?? EventFilters.Read(filter, out _);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        EventFilters.Read(filter, out var request);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, streams.End);
        try
        {
            await StreamAsync(context, dispatcher.EventsAsync(request, end.Token), end);
        }
        catch (OperationCanceledException) when (streams.End.IsCancellationRequested)
        {
            // The silo drains: the stream ends in good order, and the reader comes back to another silo.
        }
        catch (DispatcherUnavailableException) when (context.Response.HasStarted)
        {
            // The dispatcher starts anew: the same.
        }
        catch (TimeoutException)
        {
            LogTooSlow(context.Connection.Id);
            context.Abort();
        }
    }

    private async Task StreamAsync(HttpContext context, IAsyncEnumerable<DispatcherEvent> events, CancellationTokenSource end)
    {
        await using var source = events.GetAsyncEnumerator(end.Token);
        using var timer = new PeriodicTimer(Silence, time);
        var next = source.MoveNextAsync().AsTask();
        if (!await next) return;
        var (writer, unsent) = (Begin(context), 0);
        var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        try
        {
            while (!next.IsCompleted || await next)
            {
                if (next.IsCompleted)
                {
                    writer.Event(source.Current);
                    next = source.MoveNextAsync().AsTask();
                    if (next.IsCompleted && ++unsent < MaxUnsent) continue;
                }

                await writer.SendAsync(end.Token);
                unsent = 0;
                if (await Task.WhenAny(next, tick) == next) continue;
                writer.KeepAlive();
                tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            }
        }
        finally
        {
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private EventStreamWriter Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var writer = new EventStreamWriter(context.Response.BodyWriter, time);
        writer.Retry(RetryMs);
        return writer;
    }
}
