using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>Enqueues over HTTP, a thousand jobs a request, as any producer would.</summary>
public sealed class DemoProducer(ApiClient api)
{
    private const int JobsPerRequest = 1_000;

    /// <summary>Enqueues a batch; returns the id of its last job.</summary>
    public async Task<Guid> EnqueueAsync(DemoBatch batch, CancellationToken cancel)
    {
        var last = Guid.Empty;
        foreach (var numbers in Enumerable.Range(0, batch.Count).Chunk(JobsPerRequest))
        {
            IReadOnlyList<JobRequest> jobs = [.. numbers.Select(batch.Make)];
            var body = JsonSerializer.SerializeToUtf8Bytes(jobs, ProtocolJson.Default.IReadOnlyListJobRequest);
            var answer = await api.PostAsync("jobs", body, ApiClient.Json, cancel);
            if (!answer.IsSuccess) throw new CommandException($"the demo's jobs were refused: {answer.Problem()}");
            last = answer.Read(ProtocolJson.Default.IReadOnlyListEnqueueAnswer)[^1].Id;
        }

        return last;
    }

    /// <summary>Puts the schedule.</summary>
    public async Task ScheduleAsync(CancellationToken cancel)
    {
        var answer = await api.PutAsync($"schedules/{DemoLoad.Clock}", DemoLoad.Schedule.ToArray(), cancel);
        if (!answer.IsSuccess) throw new CommandException($"the demo's schedule was refused: {answer.Problem()}");
    }

    /// <summary>Goes on with a few jobs of every small tenant and of the shop each second, until cancelled.</summary>
    public async Task TrickleAsync(TimeProvider clock, CancellationToken cancel)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        var batches = DemoLoad.Batches(0, withShell: false).Where(batch => batch.Tenant != DemoLoad.Bulk && batch.Tenant != DemoLoad.Office).ToList();
        try
        {
            while (await second.WaitForNextTickAsync(cancel))
            {
                foreach (var batch in batches) await EnqueueAsync(batch with { Count = 20 }, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
