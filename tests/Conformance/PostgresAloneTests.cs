using Npgsql;
using Worcr.Testing.Postgres;

namespace Worcr.Conformance;

/// <summary>What only a shared server can do: several silos, and a server that goes away.</summary>
public sealed class PostgresAloneTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_takeover_waits_for_the_flush_under_way_and_fences_the_next()
    {
        var server = await postgres.ServerAsync();
        var url = await server.NewDatabaseAsync();
        await using var store = JobStoreFactory.Open(url);
        var world = await WorldAsync(store);
        var lane = world.NewLane();
        await using var blocker = await ConnectAsync(url);
        await using var transaction = await blocker.BeginTransactionAsync(Cancel);
        await ExecuteAsync(blocker, "lock table worcr.job in access exclusive mode");
        var job = world.NewJob(lane);
        var flush = store.CommitAsync(world.Insert(lane, job), Cancel);
        await WaitForAsync(url, "select count(*) from pg_locks where not granted and relation = 'worcr.job'::regclass");
        var takeover = store.AcquireAsync(new AcquireOwnership("main", "silo-b", 10_000, 0, Takeover: true), Cancel);
        await WaitForAsync(url, "select count(*) from pg_locks where not granted and locktype = 'advisory'");
        takeover.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Cancel);
        await flush;
        var owner = (await takeover).Ownership.ShouldNotBeNull();
        (await store.LoadAsync(owner, Cancel)).LastSeq.ShouldBe(job.Seq);
        await Should.ThrowAsync<StoreFencedException>(() => world.CommitAsync(world.Insert(lane, world.NewJob(lane))));
    }

    [Fact]
    public async Task A_partition_that_another_silo_dropped_is_made_again()
    {
        var url = await (await postgres.ServerAsync()).NewDatabaseAsync();
        await using var store = JobStoreFactory.Open(url);
        await using var other = JobStoreFactory.Open(url);
        var world = await WorldAsync(store);
        var lane = world.NewLane();
        for (var round = 0; round < 2; round++)
        {
            var job = world.NewJob(lane);
            var flush = world.Insert(lane, job);
            flush.Outcomes.Add(world.Outcome(job));
            flush.Strands.Clear();
            await world.CommitAsync(flush);
            (await world.FindAsync(job.Id)).ShouldNotBeNull();
            (await other.RetireAsync(new Retire(StoreWorld.Day + 1, 0), Cancel)).PartitionsDropped.ShouldBe(1);
            (await world.FindAsync(job.Id)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_server_that_is_gone_is_transient_and_a_connection_that_breaks_while_writing_is_unknown()
    {
        _ = await postgres.ServerAsync();
        await using var server = await PostgresServer.StartAsync();
        var url = await server.NewDatabaseAsync();
        await using var store = JobStoreFactory.Open(url);
        var world = await WorldAsync(store);
        var lane = world.NewLane();
        await world.CommitAsync(world.Insert(lane, world.NewJob(lane)));
        await using (var blocker = await ConnectAsync(url))
        {
            await using var transaction = await blocker.BeginTransactionAsync(Cancel);
            await ExecuteAsync(blocker, "lock table worcr.job in access exclusive mode");
            var stuck = store.CommitAsync(world.Insert(lane, world.NewJob(lane)), Cancel);
            await WaitForAsync(url, "select count(*) from pg_locks where not granted");
            await server.CrashAsync();
            await Should.ThrowAsync<StoreOutcomeUnknownException>(() => stuck);
        }

        await Should.ThrowAsync<StoreTransientException>(() => store.PingAsync(Cancel));
        var refused = world.Insert(lane, world.NewJob(lane));
        await Should.ThrowAsync<StoreTransientException>(() => world.CommitAsync(refused));
        await server.StartAgainAsync();
        await world.CommitAsync(refused);
        (await world.ReadyAsync(lane)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_session_that_an_administrator_ends_before_the_last_statement_wrote_nothing()
    {
        var url = await (await postgres.ServerAsync()).NewDatabaseAsync();
        await using var store = JobStoreFactory.Open(url);
        var world = await WorldAsync(store);
        var lane = world.NewLane();
        await using var blocker = await ConnectAsync(url);
        await using var transaction = await blocker.BeginTransactionAsync(Cancel);
        await ExecuteAsync(blocker, "lock table worcr.job in access exclusive mode");
        var flush = world.Insert(lane, world.NewJob(lane));
        var stuck = store.CommitAsync(flush, Cancel);
        await WaitForAsync(url, "select count(*) from pg_locks where not granted");
        await ExecuteAsync(blocker, "select pg_terminate_backend(pid) from pg_locks where not granted");
        await Should.ThrowAsync<StoreTransientException>(() => stuck);
        await transaction.RollbackAsync(Cancel);
        await world.CommitAsync(flush);
        (await world.ReadyAsync(lane)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Any_number_of_silos_may_migrate_at_once()
    {
        var url = await (await postgres.ServerAsync()).NewDatabaseAsync();
        await using var store = JobStoreFactory.Open(url);
        var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.MigrateAsync(Cancel)));
        reports.Count(r => r.From == 0).ShouldBe(1);
    }

    private static async Task<StoreWorld> WorldAsync(IJobStore store)
    {
        await store.MigrateAsync(Cancel);
        return new StoreWorld(store, (await store.AcquireAsync(new AcquireOwnership("main", "silo-a", 60_000, 0), Cancel)).Ownership.ShouldNotBeNull());
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string url)
    {
        var uri = new Uri(url);
        var connection = new NpgsqlConnection($"Host={uri.Host};Port={uri.Port};Username=postgres;Database={uri.AbsolutePath[1..]};Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    // Asks until it is so; the test's time-out ends it otherwise.
    private static async Task WaitForAsync(string url, string count)
    {
        await using var connection = await ConnectAsync(url);
        await using var command = new NpgsqlCommand(count, connection);
        while ((long)(await command.ExecuteScalarAsync(Cancel))! == 0) await Task.Yield();
    }
}
