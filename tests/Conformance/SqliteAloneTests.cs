namespace Worcr.Conformance;

/// <summary>What only a file can do.</summary>
public sealed class SqliteAloneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("worcr-sqlite-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_process_is_refused_and_the_next_one_starts_at_once()
    {
        var url = $"sqlite://{_folder}/deeper/jobs.db";
        await using (var store = JobStoreFactory.Open(url))
        {
            await store.MigrateAsync(Cancel);
            Should.Throw<StoreTransientException>(() => JobStoreFactory.Open(url)).Message.ShouldContain("in use by another Worcr process");
        }

        await using var next = JobStoreFactory.Open(url);
        (await next.MigrateAsync(Cancel)).From.ShouldBe(4);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.db"), new string('x', 8192), Cancel);
        Should.Throw<StoreSchemaException>(() => JobStoreFactory.Open($"sqlite://{_folder}/x.db"));
    }

    [Fact]
    public async Task Memory_works()
    {
        await using var store = JobStoreFactory.Open("sqlite::memory:");
        await store.MigrateAsync(Cancel);
        var world = new StoreWorld(store, (await store.AcquireAsync(new AcquireOwnership("main", "a", 1, 0), Cancel)).Ownership.ShouldNotBeNull());
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        await world.CommitAsync(world.Insert(lane, job));
        (await world.ReadyAsync(lane)).ShouldBe([job.Seq]);
        (await world.LoadAsync()).LastSeq.ShouldBe(job.Seq);
    }
}
