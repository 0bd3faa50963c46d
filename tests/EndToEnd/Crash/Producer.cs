namespace Worcr.EndToEnd.Crash;

/// <summary>Enqueues batches until it is told to stop, keeping the backlog bounded.</summary>
internal sealed class Producer(Api api, string type, Ledger ledger, Random random, bool ownIds)
{
    private const int Backlog = 400;
    private Player.Pause _pause = new();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var numbers = Enumerable.Range(0, random.Next(1, 20)).Select(_ => ledger.NextNumber()).ToList();
            if (ownIds) await InsistAsync(numbers);
            else await TryAsync(numbers);
            await Task.WhenAny(ledger.RoomAsync(Backlog), Stopped(stop));
        }
    }

    /// <summary>With ids of its own a producer may repeat itself until it is answered.</summary>
    private async Task InsistAsync(List<int> numbers)
    {
        var jobs = numbers.ConvertAll(n => Job(n, Guid.NewGuid()));
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        var pause = new Player.Pause();
        while (!await SendAsync(jobs, numbers))
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException("A producer that insisted was never answered.");
            await pause.NextAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Without ids a repetition could double the jobs: what is not answered stays unknown.</summary>
    private async Task TryAsync(List<int> numbers)
    {
        if (await SendAsync(numbers.ConvertAll(n => Job(n, null)), numbers))
        {
            _pause = new();
            return;
        }

        ledger.Unanswer(numbers);
        await _pause.NextAsync(TestContext.Current.CancellationToken);
    }

    private async Task<bool> SendAsync(List<Dictionary<string, object>> jobs, List<int> numbers)
    {
        try
        {
            var reply = await api.PostAsync("/v1/jobs", jobs);
            if (reply.Status is not (HttpStatusCode.Created or HttpStatusCode.OK)) return Refused(reply);
            foreach (var (job, number) in reply.Json.EnumerateArray().Zip(numbers)) ledger.Accept(job.GetProperty("id").GetString()!, number);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A silo in trouble may say so with 429 or 503; anything else is a defect.</summary>
    private static bool Refused(Reply reply)
    {
        reply.Status.ShouldBeOneOf(HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable);
        return false;
    }

    private Dictionary<string, object> Job(int number, Guid? id)
    {
        var job = new Dictionary<string, object>
        {
            ["type"] = type,
            ["meta"] = new { n = number },
            ["tenant"] = $"tenant-{number % 5}",
            ["timeout"] = "5s",
            ["retry"] = new { maxAttempts = 1000, @base = "10ms", backoff = "fixed" },
        };
        if (id is { } own) job["id"] = own.ToString();
        return job;
    }

    /// <summary>Completes when the producers are to stop.</summary>
    public static Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        stop.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }
}
