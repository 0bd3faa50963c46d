using Worcr.Protocol.Worker;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>The paths of the HTTP worker calls.</summary>
internal static class WorkerEndpoints
{
    /// <summary>Maps the calls below <paramref name="prefix"/>: <c>/v1</c>, or that of a namespace.</summary>
    public static void MapWorkerCalls(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var calls = endpoints.ServiceProvider.GetRequiredService<WorkerCalls>();
        Map("lease", calls.LeaseAsync, typeof(LeaseCall), typeof(LeaseAnswer), "Lease jobs, waiting for the first one if asked to");
        Map("report", calls.ReportAsync, typeof(ReportCall), typeof(ReportResults), "Report how attempts ended");
        Map("extend", calls.ExtendAsync, typeof(NoteCall), typeof(NoteAnswer), "Start the attempt's time-out anew");
        Map("checkpoint", calls.CheckpointAsync, typeof(NoteCall), typeof(NoteAnswer), "Save a named value for the next attempt");
        Map("progress", calls.ProgressAsync, typeof(NoteCall), typeof(NoteAnswer), "Tell how far a named part is");
        Map("log", calls.LogAsync, typeof(NoteCall), typeof(NoteAnswer), "Write a log line");
        Map("acquire", calls.AcquireAsync, typeof(AcquireCall), typeof(AcquireAnswer), "Take permits of a limit while the job runs");

        void Map(string name, Func<HttpContext, Task> call, Type request, Type answer, string summary) =>
            ApiSetup.Map(endpoints, prefix, new ApiRoute("POST", "/worker/" + name, Permission.Work, http => AnswerAsync(http, call))
            {
                Summary = summary,
                Request = request,
                Answer = answer,
                Errors = [400, 404, 413, 429],
            });
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
