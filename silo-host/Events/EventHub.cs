using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Auth;

namespace Worcr.SiloHost.Events;

/// <summary><c>/hubs/events</c>: the same events as <c>/v1/events</c>, as a stream of the client's call <c>Subscribe</c>. The namespace is <c>?ns=</c>.</summary>
internal sealed class EventHub(IDispatchers dispatchers, EventStreams streams) : Hub
{
    /// <summary>The path of the hub.</summary>
    public const string Path = "/hubs/events";

    /// <summary>Streams what happens from now on.</summary>
    public async Task<IAsyncEnumerable<EventDocument>> Subscribe(EventFilter? filter, CancellationToken cancel)
    {
        var wrong = EventFilters.Read(filter, out var request);
        if ((CheckNamespace(out var space) ?? wrong) is { } fault) throw Refused(fault);
        try
        {
            if (await dispatchers.FindExistingAsync(space, cancel) is { } dispatcher) return FollowAsync(dispatcher, request, cancel);
        }
        catch (DispatcherUnavailableException error)
        {
            throw Refused(new Fault(ErrorCodes.Unavailable, error.Message));
        }

        throw Refused(ApiNamespace.Unknown(space));
    }

    private Fault? CheckNamespace(out string space)
    {
        var http = Context.GetHttpContext();
        var named = http?.Request.Query["ns"].ToString();
        space = string.IsNullOrEmpty(named) ? ApiNamespace.Default : named;
        if (!ApiNamespace.IsValid(space)) return ApiNamespace.Invalid;
        return http?.Features.Get<Principal>()?.May(Permission.View, space) == false ? new Fault(ErrorCodes.Forbidden, "The key does not allow to see this namespace.") : null;
    }

    private async IAsyncEnumerable<EventDocument> FollowAsync(IDispatcher dispatcher, EventsRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, Context.ConnectionAborted, streams.End);
        await using var events = dispatcher.EventsAsync(request, end.Token).GetAsyncEnumerator(end.Token);
        while (await NextAsync(events)) yield return EventFilters.Document(events.Current);
    }

    /// <summary>Whether there is another event; the end of the silo or of the dispatcher is the end of the stream.</summary>
    private async Task<bool> NextAsync(IAsyncEnumerator<DispatcherEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (streams.End.IsCancellationRequested)
        {
            return false;
        }
        catch (DispatcherUnavailableException error)
        {
            throw Refused(new Fault(ErrorCodes.Unavailable, error.Message));
        }
        catch (ListenerLimitException error)
        {
            throw Refused(new Fault(ErrorCodes.Overloaded, error.Message));
        }
    }

    private static HubException Refused(Fault fault) =>
        new(fault.Path is null ? $"{fault.Code.Code}: {fault.Detail}" : $"{fault.Code.Code}: {fault.Path}: {fault.Detail}");
}
