namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>Enqueues many jobs over some connections, each with one request under way.</summary>
public sealed class EnqueueLoad(Uri server, int connections, int jobsPerRequest, int padding = 0, int tenants = BenchRequests.Tenants, int tags = 0)
{
    private const int DistinctRequests = 8;

    /// <summary>Enqueues <paramref name="jobs"/> jobs; returns the seconds it took from the first request to the last answer.</summary>
    public async Task<double> RunAsync(int jobs, TimeProvider clock, CancellationToken cancel)
    {
        var distinct = Math.Max(DistinctRequests, tenants * Math.Max(1, tags) / jobsPerRequest);
        var requests = Enumerable.Range(0, distinct).Select(i => BenchRequests.Enqueue(server, i * jobsPerRequest, jobsPerRequest, padding, tenants, tags)).ToArray();
        var open = new List<BenchConnection>();
        try
        {
            for (var i = 0; i < connections; i++) open.Add(BenchConnection.Open(server));
            var total = (jobs + jobsPerRequest - 1) / jobsPerRequest;
            var next = -1;
            var start = clock.GetTimestamp();
            await BenchThreads.RunAsync(connections, number =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < total;)
                {
                    cancel.ThrowIfCancellationRequested();
                    open[number].Send(requests[i % requests.Length]);
                }
            });
            return clock.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }
    }
}
