using System.Security.Cryptography;
using Worcr.Simulation.Running;
using Xunit;

namespace Worcr.Simulation;

/// <summary>The dispatcher keeps its promises in every world that a seed can make.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>What has to happen in a batch: without it the batch proves nothing.</summary>
    private static readonly string[] Important =
    [
        "silo crash", "silo paused", "silo drained", "silo closed in good order", "silo fenced", "commit fenced", "commit refused", "read refused",
        "outcome unknown, not written", "outcome unknown, written", "outcome unknown, written later", "clock jumps forward", "clock jumps back",
        "message dropped", "message doubled", "connection broken", "worker died", "worker left", "lease recovered", "lease re-attached",
        "read ReadReady", "head awaited", "read ReadAlarms", "read ReadJobs", "read Resolve", "read Query", "read Find", "fold", "lane made anew", "revival", "reweigh",
        "attempt fail", "attempt yield", "attempt timeout", "attempt lost", "report stale", "retry later", "job came due", "ordered job deferred",
        "ordered job told", "large job told", "checkpoint handed on", "duplicate answered", "unique conflict refused", "unique key taken over",
        "poll got jobs", "wait answered with the end", "poll hung up", "told Interrupt", "told Cancel", "told Drain", "job controlled", "bulk changed jobs", "fairness compared",
        "schedule fired", "schedule passed over a time", "schedule made up for times",
        "batch made", "batch success", "batch failure", "batch complete", "job waited for others", "job cancelled with those before it",
        "parent in the middle of its request", "child stored", "child refused", "parent waits", "parent came back", "parent started again", "family followed", "childless job followed",
        "limit reached", "limit counted", "limit given back", "maximum of a tenant counted", "rate counted", "worker acquired", "acquire given up", "order key spans lanes",
        "route looked at", "blackhole took a job", "blackhole gave a job back", "job shed as it came", "job shed instead of started", "request shed", "job held back by a shed rule",
        "worker told Quiet", "worker told End", "worker told to go on", "Pause put", "Pause deleted", "Shed put", "Limit put", "Limit deleted", "Tenant put", "Type put", "Settings put", "Weight put", "Route put",
        "neighbours compared", "lease of a neighbour refused", "id of a neighbour unknown",
        "job Succeeded", "job Dead", "job Cancelled", "job Expired", "job Discarded",
    ];

    [Fact]
    public void Every_seed_keeps_every_promise()
    {
        int[] random = [.. Enumerable.Range(0, 8).Select(_ => RandomNumberGenerator.GetInt32(int.MaxValue))];
        output.WriteLine($"seeds {Seeds.First} to {Seeds.First + Seeds.Count - 1}, and {string.Join(' ', random)}");
        var batch = Batch.Of([.. Enumerable.Range(Seeds.First, Seeds.Count), .. random]);
        foreach (var line in batch.Lines()) output.WriteLine(line);
        Assert.True(batch.Failures.Count == 0, $"{batch.Failures.Count} seeds fail; the first:\n{string.Join('\n', batch.Failures.Take(1).Select(f => f.Report()))}");
        var missing = Important.Where(what => !batch.Coverage.Counts.ContainsKey(what)).ToList();
        Assert.True(missing.Count == 0 || Seeds.Count < 200, $"never happened: {string.Join(", ", missing)}");
    }

    [Theory]
    [InlineData(20_251)]
    [InlineData(20_254)]
    [InlineData(20_258)]
    [InlineData(20_260)]
    public void A_seed_replays_exactly(int seed)
    {
        var (first, second) = (Run.Of(seed), Run.Of(seed));
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Steps, second.Steps);
    }
}
