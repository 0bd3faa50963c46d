namespace Worcr.EndToEnd.Workers;

public sealed class HttpWorkerTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task A_poll_that_waits_is_answered_when_a_job_comes(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("poll");
        var polling = silo.Worker(type).LeaseAsync(1, "30s");
        var id = await silo.Api.EnqueueAsync(new { type });
        (await polling.OrSay("the poll was not answered though a job came")).Select(j => j.Id).ShouldBe([id]);
    }

    [Theory, EveryStore]
    public async Task No_job_is_given_to_two_of_many_pollers(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("crowd");
        const int Jobs = 400;
        var crowd = Enumerable.Range(0, 8).Select(n => DrainAsync(new HttpWorker(silo.Api, $"w{n}", type), Jobs)).ToList();
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, Jobs).Select(_ => new { type }));
        foreach (var id in ids) (await silo.Api.FinishedAsync(id)).GetProperty("attempt").GetInt32().ShouldBe(1);
        var done = (await Task.WhenAll(crowd).OrSay("the pollers never came to an end")).SelectMany(d => d).ToList();
        done.ShouldBe(ids, ignoreOrder: true);
    }

    [Theory, EveryStore]
    public async Task A_worker_is_given_only_the_types_and_queues_that_it_takes(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, other) = (Names.New("mine"), Names.New("yours"));
        await silo.Api.EnqueueAsync(new { type = other });
        await silo.Api.EnqueueAsync(new { type, queue = "slow" });
        var wanted = await silo.Api.EnqueueAsync(new { type, queue = "fast" });
        var worker = new HttpWorker(silo.Api, "picky", type) { Queues = ["fast"] };
        (await worker.LeaseOneAsync()).Id.ShouldBe(wanted);
        await worker.ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task Higher_priority_goes_first_and_equals_keep_their_order(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("priority");
        int[] priorities = [0, 5, 0, -5, 5];
        await silo.Api.EnqueueAllAsync(priorities.Select((priority, n) => new { type, priority, args = new { n } }));
        var jobs = await silo.Worker(type).LeaseAsync(5);
        jobs.Select(j => j.Args.GetProperty("n").GetInt32()).ShouldBe([1, 4, 0, 2, 3]);
    }

    [Theory, EveryStore]
    public async Task A_second_report_of_the_same_attempt_is_stale(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("once");
        await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        (await worker.CompleteAllAsync([job, job])).ShouldBe(["ok", "stale"]);
        (await worker.FailAsync(job)).ShouldBe("stale");
        (await silo.Api.StateAsync(job.Id)).ShouldBe("succeeded");
    }

    private static async Task<List<string>> DrainAsync(HttpWorker worker, int atMost)
    {
        var done = new List<string>();
        while (done.Count < atMost)
        {
            var jobs = await worker.LeaseAsync(10, "5s");
            if (jobs.Count == 0) break;
            (await worker.CompleteAllAsync(jobs)).ShouldAllBe(a => a == "ok");
            done.AddRange(jobs.Select(j => j.Id));
        }

        return done;
    }
}
