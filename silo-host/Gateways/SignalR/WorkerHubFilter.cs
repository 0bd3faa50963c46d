using Microsoft.AspNetCore.SignalR;
using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>Turns what a call throws into the hub's errors, and cuts off a worker whose calls are faulty too often.</summary>
internal sealed partial class WorkerHubFilter(ILogger<WorkerHubFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var context = invocationContext.Context;
        try
        {
            return await next(invocationContext);
        }
        catch (WorkerCallException e)
        {
            if (e.IsFaulty) CountFault(context);
            throw new HubException(e.Text, e);
        }
        catch (DispatcherUnavailableException e)
        {
            throw new HubException(WorkerCallException.Unavailable(e).Text, e);
        }
        catch (OperationCanceledException e) when (context.ConnectionAborted.IsCancellationRequested)
        {
            throw new HubException(ErrorCodes.Unavailable.Code + ": The connection is over.", e);
        }
        catch (Exception e)
        {
            LogFailed(e, invocationContext.HubMethodName);
            throw new HubException($"{ErrorCodes.Internal.Code}: {ErrorCodes.Internal.Title}.", e);
        }
    }

    private void CountFault(HubCallerContext context)
    {
        if (!WorkerHub.Of(context).CountFault()) return;
        LogCutOff(context.ConnectionId, WorkerBounds.FailedCalls);
        context.Abort();
    }
}
