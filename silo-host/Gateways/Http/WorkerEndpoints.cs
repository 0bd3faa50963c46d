using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>The paths of the HTTP worker calls.</summary>
internal static class WorkerEndpoints
{
    /// <summary>Maps the calls below <paramref name="prefix"/>.</summary>
    public static void MapWorkerCalls(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var calls = endpoints.ServiceProvider.GetRequiredService<WorkerCalls>();
        var group = endpoints.MapGroup(prefix).WithTags("worker");
        group.MapPost("/lease", http => AnswerAsync(http, calls.LeaseAsync));
        group.MapPost("/report", http => AnswerAsync(http, calls.ReportAsync));
        group.MapPost("/extend", http => AnswerAsync(http, calls.ExtendAsync));
        group.MapPost("/checkpoint", http => AnswerAsync(http, calls.CheckpointAsync));
        group.MapPost("/progress", http => AnswerAsync(http, calls.ProgressAsync));
        group.MapPost("/log", http => AnswerAsync(http, calls.LogAsync));
        group.MapPost("/acquire", http => AnswerAsync(http, calls.AcquireAsync));
    }

    private static async Task AnswerAsync(HttpContext http, Func<HttpContext, Task> call)
    {
        try
        {
            await call(http);
        }
        catch (WorkerCallException e)
        {
            await WorkerAnswers.WriteAsync(http, e);
        }
        catch (DispatcherUnavailableException e)
        {
            await WorkerAnswers.WriteAsync(http, WorkerCallException.Unavailable(e));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // the worker hung up: nobody is there to be answered
        }
    }
}
