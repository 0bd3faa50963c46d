using Worcr.Testing.Model;

namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    /// <summary>Any sequence of flushes leaves the store as it leaves the model, also when two commit in the other order and when the process dies in between.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Generated_sequences_agree_with_the_model(int seed)
    {
        var world = await WorldAsync();
        var database = new ModelDatabase();
        var model = new ModelJobStore(database);
        await model.MigrateAsync(Cancel);
        (await model.AcquireAsync(Ask("silo-a"), Cancel)).Ownership.ShouldBe(world.Owner);
        var maker = new SequenceMaker(seed, world);
        for (var step = 0; step < 60; step++)
        {
            var flushes = maker.Next();
            var commits = flushes.Select(CommitAsync).ToList();
            foreach (var flush in Enumerable.Reverse(flushes)) await model.CommitAsync(flush, Cancel);
            await Task.WhenAll(commits);
            database.WrongStrands().ShouldBeEmpty($"seed {seed}, step {step}");
            if (step % 10 == 9) await SameAsync(model, Store, world.Owner, $"seed {seed}, step {step}");
        }

        var reopened = await Home.CrashAsync(Store);
        await reopened.MigrateAsync(Cancel);
        await SameAsync(model, reopened, world.Owner, $"seed {seed}, after a crash");
    }

    /// <summary>Two namespaces with the same ids, keys and names write at once: each is as the model has it, so nothing of one is in the other.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Generated_sequences_of_two_namespaces_do_not_mix(int seed)
    {
        StoreWorld[] worlds = [await WorldAsync("one"), await WorldAsync("two")];
        var database = new ModelDatabase();
        var model = new ModelJobStore(database);
        await model.MigrateAsync(Cancel);
        foreach (var world in worlds) (await model.AcquireAsync(Ask("silo-a", name: world.Owner.Name), Cancel)).Ownership.ShouldBe(world.Owner);
        SequenceMaker[] makers = [.. worlds.Select(w => new SequenceMaker(seed, w))];
        for (var step = 0; step < 40; step++)
        {
            var flushes = makers.SelectMany(m => m.Next()).ToList();
            var commits = flushes.Select(CommitAsync).ToList();
            foreach (var flush in Enumerable.Reverse(flushes)) await model.CommitAsync(flush, Cancel);
            await Task.WhenAll(commits);
            if (step % 10 == 9) await SameAsync(model, worlds, $"seed {seed}, step {step}");
        }

        var prune = new Prune(worlds[1].Owner, 0, worlds[1].Now - 40_000_000, 2, 1_000);
        (await Store.PruneAsync(prune, Cancel)).ShouldBe(await model.PruneAsync(prune, Cancel), $"seed {seed}");
        await SameAsync(model, worlds, $"seed {seed}, after one pruned");
        foreach (var (world, other) in worlds.Zip(worlds.Reverse())) await UnknownAsync(model, world.Owner, other.Owner);
    }

    private async Task SameAsync(ModelJobStore model, StoreWorld[] worlds, string when)
    {
        foreach (var world in worlds) await SameAsync(model, Store, world.Owner, $"{when}, '{world.Owner.Name}'");
    }

    /// <summary>What was made in one namespace, asked for in another.</summary>
    private async Task UnknownAsync(ModelJobStore model, Ownership here, Ownership there)
    {
        var strange = (await model.QueryAsync(new JobQuery { Ownership = there, Limit = 10_000 }, Cancel)).Jobs.Where(j => !j.Job.HasClientId).Select(j => j.Job.Id).ToArray();
        strange.ShouldNotBeEmpty();
        foreach (var id in strange) (await Store.FindAsync(new FindJob(here, id), Cancel)).ShouldBeNull();
        (await Store.ResolveAsync(new Resolve(here, strange, [], 0), Cancel)).Ids.ShouldBeEmpty();
    }

    /// <summary>Two flushes that cross each other's unique keys may make one fail with nothing done: it is tried again, as a dispatcher does.</summary>
    private async Task CommitAsync(Flush flush)
    {
        for (var left = 5; ; left--)
        {
            try
            {
                await Store.CommitAsync(flush, Cancel);
                return;
            }
            catch (StoreTransientException) when (left > 0)
            {
                // The same flush again.
            }
        }
    }

    private static async Task SameAsync(ModelJobStore model, IJobStore store, Ownership owner, string when)
    {
        var expected = await Described.NamespaceAsync(model, owner, Cancel);
        (await Described.NamespaceAsync(store, owner, Cancel)).ShouldBe(expected, when);
        var ids = (await model.QueryAsync(new JobQuery { Ownership = owner, Limit = 10_000 }, Cancel)).Jobs.Select(j => j.Job.Id).ToArray();
        var resolve = new Resolve(owner, ids, ["k0", "k1", "k2", "k3", "k4"], 0);
        Described.Of(await store.ResolveAsync(resolve, Cancel)).ShouldBe(Described.Of(await model.ResolveAsync(resolve, Cancel)), when);
        var failed = new JobQuery { Ownership = owner, ErrorCode = "c", Limit = 10_000 };
        Described.Of(await store.QueryAsync(failed, Cancel)).ShouldBe(Described.Of(await model.QueryAsync(failed, Cancel)), when);
        foreach (var id in ids) Described.Of(await store.FindAsync(new FindJob(owner, id), Cancel)).ShouldBe(Described.Of(await model.FindAsync(new FindJob(owner, id), Cancel)), when);
    }
}
