namespace Worcr.EndToEnd.Workers;

/// <summary>Many jobs for a worker whose connection is cut again and again.</summary>
internal static class CutRun
{
    private const int Jobs = 300;
    private const int Cuts = 3;

    /// <summary>
    /// Every job must succeed, and its result must be that of its own arguments. A worker that polls needs a short
    /// <paramref name="timeout"/>: jobs that were on the line when it was cut are noticed by nothing else.
    /// </summary>
    public static async Task CheckAsync(Silo silo, CuttingProxy proxy, string type, Func<string> story, string timeout = "30m")
    {
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, Jobs).Select(n => new { type, args = new { n }, timeout, retry = new { @base = "1ms", backoff = "fixed" } }));
        for (var cut = 1; cut <= Cuts; cut++)
        {
            await silo.Api.FinishedAsync(ids[(cut * Jobs / (Cuts + 1)) - 1]);
            proxy.Cut();
        }

        for (var n = 0; n < ids.Count; n++)
        {
            var job = await silo.Api.FinishedAsync(ids[n]);
            job.GetProperty("state").GetString().ShouldBe("succeeded", story());
            job.GetProperty("result").GetProperty("square").GetInt32().ShouldBe(n * n);
            job.GetProperty("fails").GetInt32().ShouldBe(0);
        }
    }
}
