namespace Worcr.Conformance;

/// <summary>What a namespace keeps of its finished jobs.</summary>
public abstract partial class JobStoreConformance
{
    private const long DayMs = 86_400_000;

    [Fact]
    public async Task Dead_jobs_are_bounded_by_age_and_number_in_pages()
    {
        var (world, other) = (await WorldAsync(), await WorldAsync("other"));
        var jobs = await FinishedAsync(world, 12, i => i % 6 == 5 ? JobState.Succeeded : JobState.Dead, i => world.Now - ((11 - i) * DayMs / 4));
        var foreign = await FinishedAsync(other, 3, _ => JobState.Dead, _ => other.Now - (9 * DayMs));
        async Task<int> PruneAsync(long deadBefore, int maxDead, int limit = 100) =>
            await Store.PruneAsync(new Prune(world.Owner, 0, deadBefore, maxDead, limit), Cancel);
        (await PruneAsync(0, 100)).ShouldBe(0);
        (await PruneAsync(0, 7, limit: 2)).ShouldBe(2);
        (await PruneAsync(0, 7, limit: 2)).ShouldBe(1);
        (await PruneAsync(0, 7, limit: 2)).ShouldBe(0);
        (await KeptAsync(world, jobs)).ShouldBe([3, 4, 5, 6, 7, 8, 9, 10, 11]);
        (await PruneAsync(world.Now - (DayMs * 5 / 4), 7)).ShouldBe(2);
        (await KeptAsync(world, jobs)).ShouldBe([5, 6, 7, 8, 9, 10, 11], "what succeeded stays");
        (await PruneAsync(0, 1)).ShouldBe(4);
        (await KeptAsync(world, jobs)).ShouldBe([5, 10, 11]);
        (await KeptAsync(other, foreign)).Length.ShouldBe(3, "another namespace is another matter");
    }

    [Fact]
    public async Task Days_that_a_namespace_keeps_no_longer_go_and_no_number_is_forgotten()
    {
        var (world, other) = (await WorldAsync(), await WorldAsync("other"));
        var jobs = await FinishedAsync(world, 6, _ => JobState.Succeeded, i => world.Now - ((i + 1) * DayMs));
        var foreign = await FinishedAsync(other, 2, _ => JobState.Succeeded, _ => other.Now - (9 * DayMs));
        var request = new Prune(world.Owner, StoreWorld.Day - 3, 0, 1, 2);
        (await Store.PruneAsync(request, Cancel)).ShouldBe(2);
        (await Store.PruneAsync(request, Cancel)).ShouldBe(1);
        (await KeptAsync(world, jobs)).ShouldBe([0, 1, 2]);
        (await KeptAsync(other, foreign)).Length.ShouldBe(2);
        (await Store.PruneAsync(request with { BeforeDay = StoreWorld.Day + 1, Limit = 100 }, Cancel)).ShouldBe(3);
        (await world.LoadAsync()).LastSeq.ShouldBe(jobs[^1].Seq);
    }

    private static async Task<Job[]> FinishedAsync(StoreWorld world, int count, Func<int, JobState> state, Func<int, long> finishedAt)
    {
        var lane = world.NewLane();
        Job[] jobs = [.. Enumerable.Range(0, count).Select(_ => world.NewJob(lane))];
        var insert = world.Insert(lane, jobs);
        insert.Strands.Clear();
        insert.Outcomes.AddRange(jobs.Select((job, i) => world.Outcome(job, state(i), finishedAt: finishedAt(i))));
        await world.CommitAsync(insert);
        return jobs;
    }

    private static async Task<int[]> KeptAsync(StoreWorld world, Job[] jobs)
    {
        var kept = await world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 1_000, Ascending = true });
        return [.. kept.Select(seq => Array.FindIndex(jobs, j => j.Seq == seq))];
    }
}
