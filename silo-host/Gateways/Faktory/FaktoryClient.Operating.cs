using System.Globalization;
using System.Text.Json;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What operators ask: QUEUE and INFO.</summary>
internal sealed partial class FaktoryClient
{
    private const string Everything = "*";
    private const string PausePrefix = "faktory.queue.";
    private static readonly JobState[] OnlyReady = [JobState.Ready];

    private async Task<bool> QueueAsync(FaktoryRequest request)
    {
        var words = request.Words;
        var names = words.Skip(1).Distinct(StringComparer.Ordinal).ToArray();
        if (!names.All(Api.Enqueue.TextCache.IsName)) throw new FaktoryException("invalid queue name");
        var dispatcher = await around.DispatcherAsync();
        switch (words.FirstOrDefault())
        {
            case "PAUSE": await EachQueueAsync(dispatcher, names, PauseAsync); break;
            case "RESUME": await EachQueueAsync(dispatcher, names, ResumeAsync); break;
            case "REMOVE": await EachQueueAsync(dispatcher, names, RemoveAsync); break;
            case "LATENCY": return await LatencyAsync(dispatcher, names);
            default: throw new FaktoryException($"no such QUEUE subcommand: {words.FirstOrDefault()}");
        }

        return await OkAsync();
    }

    private static async Task EachQueueAsync(IDispatcher dispatcher, string[] names, Func<IDispatcher, string, Task> act)
    {
        foreach (var name in names.Contains(Everything) ? await QueuesAsync(dispatcher) : names) await act(dispatcher, name);
    }

    /// <summary>Queues that hold something now, or are paused.</summary>
    private static async Task<string[]> QueuesAsync(IDispatcher dispatcher)
    {
        var pauses = await dispatcher.ResourcesAsync(new ResourceRequest.Read(ResourceKind.Pause, null), CancellationToken.None);
        var paused = pauses.Items.Where(i => i.Name.StartsWith(PausePrefix, StringComparison.Ordinal)).Select(i => i.Name[PausePrefix.Length..]);
        return [.. (await LanesAsync(dispatcher, null)).Select(l => l.Shape.Queue).Union(paused).Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<LaneExplanation>> LanesAsync(IDispatcher dispatcher, string? queue) =>
        (await dispatcher.ExplainAsync(new ExplainRequest.OfLanes(null, null, queue, null, WireLimits.PageSize), CancellationToken.None)).Lanes;

    private static async Task PauseAsync(IDispatcher dispatcher, string queue)
    {
        var rule = new PauseRule(new RuleMatch { Job = new JobMatch { Queues = [queue] } });
        var reply = await dispatcher.ResourcesAsync(new ResourceRequest.Put(PausePrefix + queue, rule), CancellationToken.None);
        if (reply.Refusal is { } refusal) throw FaktoryException.Of(refusal);
    }

    private static Task ResumeAsync(IDispatcher dispatcher, string queue) =>
        dispatcher.ResourcesAsync(new ResourceRequest.Delete(ResourceKind.Pause, PausePrefix + queue), CancellationToken.None);

    private static Task RemoveAsync(IDispatcher dispatcher, string queue) =>
        dispatcher.BulkAsync(new BulkRequest(BulkAction.Discard, new JobMatch { Queues = [queue] }, OnlyReady, null, DryRun: false), CancellationToken.None);

    private async Task<bool> LatencyAsync(IDispatcher dispatcher, string[] names)
    {
        var latencies = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var waiting = (await LanesAsync(dispatcher, name)).Where(l => l.OldestReadyAt > 0).ToArray();
            latencies[name] = waiting.Length == 0 ? 0 : Math.Max(0, around.Now - waiting.Min(l => l.OldestReadyAt)) / 1_000.0;
        }

        return await connection.SayAsync(JsonSerializer.SerializeToUtf8Bytes(latencies));
    }

    private async Task<bool> InfoAsync(FaktoryRequest request)
    {
        var dispatcher = await around.DispatcherAsync();
        await around.Sets.CountAsync(dispatcher);
        var stats = await dispatcher.StatsAsync(new StatsRequest(), CancellationToken.None);
        var queues = (await LanesAsync(dispatcher, null)).GroupBy(l => l.Shape.Queue, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(l => l.Ready));
        return await connection.SayAsync(FaktoryWriting.Object(json =>
        {
            var now = around.Time.GetUtcNow();
            json.WriteString("now", FaktoryJson.Time(now));
            json.WriteString("server_utc_time", now.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
            json.WriteStartObject("faktory");
            WriteFigures(json, stats.Jobs, queues);
            json.WriteEndObject();
            json.WriteStartObject("server");
            WriteServer(json, now);
            json.WriteEndObject();
        }));
    }

    private void WriteFigures(Utf8JsonWriter json, JobCounts counts, Dictionary<string, long> queues)
    {
        json.WriteStartObject("queues");
        foreach (var (name, size) in queues.OrderBy(q => q.Key, StringComparer.Ordinal)) json.WriteNumber(name, size);
        json.WriteEndObject();
        json.WriteStartObject("sets");
        json.WriteNumber("scheduled", around.Sets.Scheduled);
        json.WriteNumber("retries", around.Sets.Retries);
        json.WriteNumber("dead", around.Sets.Dead);
        json.WriteNumber("working", counts.Running);
        json.WriteEndObject();
        json.WriteStartObject("tasks");
        WriteTask(json, "Scheduled", around.Sets.Scheduled);
        WriteTask(json, "Retries", around.Sets.Retries);
        WriteTask(json, "Dead", around.Sets.Dead);
        WriteTask(json, "Busy", counts.Running);
        WriteTask(json, "Workers", around.Workers.Count);
        json.WriteEndObject();
        json.WriteNumber("total_enqueued", queues.Values.Sum());
        json.WriteNumber("total_failures", counts.Failed);
        json.WriteNumber("total_processed", counts.Succeeded + counts.Failed);
        json.WriteNumber("total_queues", queues.Count);
    }

    private static void WriteTask(Utf8JsonWriter json, string name, long size)
    {
        json.WriteStartObject(name);
        json.WriteNumber("size", size);
        json.WriteEndObject();
    }

    private void WriteServer(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteString("description", "Worcr");
        json.WriteString("faktory_version", "1.9.2");
        json.WriteNumber("uptime", (long)(now - around.Started).TotalSeconds);
        json.WriteNumber("connections", around.Connections);
        json.WriteNumber("command_count", around.Commands);
        json.WriteNumber("used_memory_mb", Environment.WorkingSet >> 20);
    }
}
