using System.Text;
using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>MUTATE and FLUSH: page by page over the jobs, each page's changes at once.</summary>
internal sealed partial class FaktoryClient
{
    private static readonly JobError Killed = new("killed", "Killed by MUTATE.", Final: true);

    private async Task<bool> MutateAsync(FaktoryRequest request)
    {
        var mutation = FaktoryMutation.Read(request.Argument);
        var dispatcher = await around.DispatcherAsync();
        await SweepAsync(async () =>
        {
            if (mutation.Jids.Count == 0) await EachAsync(dispatcher, mutation.Target, mutation.Type, view => IsMeant(mutation, view), id => ChangeAsync(dispatcher, mutation, id));
            else foreach (var jid in mutation.Jids.Distinct(StringComparer.Ordinal)) await ChangeNamedAsync(dispatcher, mutation, FaktoryId.Of(jid));
        });
        return await OkAsync();
    }

    /// <summary>Forgets all jobs of the namespace but those that run.</summary>
    private async Task<bool> FlushAsync(FaktoryRequest request)
    {
        var dispatcher = await around.DispatcherAsync();
        await SweepAsync(() => EachAsync(dispatcher, null, null, view => view.Job.State != JobState.Running, id => ForgetAsync(dispatcher, id)));
        return await OkAsync();
    }

    private async Task SweepAsync(Func<Task> sweep)
    {
        await around.Sweeps.WaitAsync(connection.Gone);
        try
        {
            await sweep();
        }
        finally
        {
            around.Sweeps.Release();
        }
    }

    private async Task EachAsync(IDispatcher dispatcher, JobState? state, string? type, Func<JobView, bool> isMeant, Func<Guid, Task> change)
    {
        long? cursor = null;
        do
        {
            var page = await dispatcher.QueryAsync(new QueryJobsRequest(state, type, null, null, null, WireLimits.PageSize, cursor), CancellationToken.None);
            if (page.Refusal is { } refusal) throw FaktoryException.Of(refusal);
            await Task.WhenAll(page.Jobs.Where(isMeant).Select(view => change(view.Job.Id)));
            cursor = page.Next;
        }
        while (cursor is not null && !connection.Gone.IsCancellationRequested);
    }

    private static bool IsMeant(FaktoryMutation mutation, JobView view) =>
        FaktorySets.Has(view) && (mutation.Glob is not { } glob || glob.Matches(Encoding.UTF8.GetString(TextOf(view))));

    private static byte[] TextOf(JobView view)
    {
        var job = view.Job;
        return FaktoryPayload.Write(new LeasedJob(job.Id, default, job.Shape, job.Args ?? "[]"u8.ToArray(), 0, 0, null, job.Options.Meta), FaktoryFailure.Of(view), 0);
    }

    private static async Task ChangeNamedAsync(IDispatcher dispatcher, FaktoryMutation mutation, Guid id)
    {
        var reply = await dispatcher.GetAsync(new GetJobRequest(id), CancellationToken.None);
        if (reply.Job is { } view && view.Job.State == mutation.Target && FaktorySets.Has(view)) await ChangeAsync(dispatcher, mutation, id);
    }

    private static Task ChangeAsync(IDispatcher dispatcher, FaktoryMutation mutation, Guid id) => mutation.Command switch
    {
        "requeue" => dispatcher.ControlAsync(new ControlJobRequest(id, ControlAction.Retry), CancellationToken.None),
        "kill" => mutation.Target == JobState.Dead ? Task.CompletedTask : dispatcher.FinishAsync(new FinishJobRequest(id, Killed, null), CancellationToken.None),
        _ => dispatcher.RemoveAsync(new RemoveJobRequest(id, mutation.Target == JobState.Dead ? RemoveWhen.Known : RemoveWhen.Waiting), CancellationToken.None),
    };

    private static async Task ForgetAsync(IDispatcher dispatcher, Guid id)
    {
        var reply = await dispatcher.RemoveAsync(new RemoveJobRequest(id, RemoveWhen.Known), CancellationToken.None);
        if (reply.Refusal is { Kind: RefusalKind.NotFound }) await dispatcher.RemoveAsync(new RemoveJobRequest(id, RemoveWhen.Over), CancellationToken.None);
    }
}
