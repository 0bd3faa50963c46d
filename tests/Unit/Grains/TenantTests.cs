using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Shares of tenants, and fairness as a worker sees it.</summary>
public sealed class TenantTests
{
    private readonly World _world = new();

    [Fact]
    public void A_small_tenant_does_not_wait_behind_a_large_one()
    {
        _world.EnqueueMany(10_000, _ => NewJob(tenant: "large"));
        var worker = _world.Worker();
        worker.RunAll(100);
        _world.EnqueueMany(50, _ => NewJob(tenant: "small"));
        worker.RunAll(102).Count(j => j.Shape.Tenant == "small").ShouldBe(50);
    }

    [Fact]
    public void A_share_counts_from_the_next_choice()
    {
        _world.EnqueueMany(1_000, i => NewJob(tenant: i % 2 == 0 ? "a" : "b"));
        var worker = _world.Worker();
        worker.RunAll(100).Count(j => j.Shape.Tenant == "b").ShouldBeInRange(49, 51);
        Put("b", 3);
        worker.RunAll(100).Count(j => j.Shape.Tenant == "b").ShouldBeInRange(73, 77);
        _world.Ask<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Tenant, "b")).Refusal.ShouldBeNull();
        worker.RunAll(100).Count(j => j.Shape.Tenant == "b").ShouldBeInRange(48, 52);
    }

    [Fact]
    public void A_share_given_before_the_tenant_was_seen_counts_and_survives_a_restart()
    {
        Put("b", 3).Created.ShouldBeTrue();
        Put("b", 3).Created.ShouldBeFalse();
        _world.Restart();
        _world.EnqueueMany(800, i => NewJob(tenant: i % 2 == 0 ? "a" : "b"));
        _world.Worker().RunAll(100).Count(j => j.Shape.Tenant == "b").ShouldBeInRange(73, 77);
    }

    [Fact]
    public void Settings_can_be_read_and_deleted()
    {
        Put("b", 3);
        Put("a", 2);
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Tenant, null)).Items.Select(i => i.Name).ShouldBe(["a", "b"]);
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Tenant, "a")).Items.Single().Body.ShouldBe(new TenantRule(2));
        _world.Ask<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Tenant, "a"));
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Tenant, "a")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Ask<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Tenant, "a")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Restart();
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Tenant, null)).Items.Select(i => i.Name).ShouldBe(["b"]);
    }

    [Fact]
    public void Weights_decide_between_jobs_of_one_tenant()
    {
        _world.EnqueueMany(1_000, i => NewJob(weight: i % 2 == 0 ? 1 : 4));
        _world.Worker().RunAll(100).Count(j => j.Shape.Weight == 4).ShouldBeInRange(78, 82);
    }

    [Fact]
    public void A_job_near_its_objective_counts_more()
    {
        _world.EnqueueMany(500, i => NewJob(tenant: i % 2 == 0 ? "urgent" : "calm", sloMs: i % 2 == 0 ? 1_000 : 0));
        _world.Advance(2_000);
        _world.Worker().RunAll(170).Count(j => j.Shape.Tenant == "urgent").ShouldBeInRange(158, 162);
    }

    [Fact]
    public void A_thousand_lanes_gain_nothing()
    {
        _world.EnqueueMany(1_000, i => NewJob(tenant: "many", tags: [$"tag{i}"]));
        _world.EnqueueMany(1_000, _ => NewJob(tenant: "one"));
        _world.Worker().RunAll(200).Count(j => j.Shape.Tenant == "one").ShouldBeInRange(99, 101);
    }

    [Fact]
    public void Lanes_and_tenants_that_are_done_are_forgotten_in_time()
    {
        var world = new World(new DispatcherOptions { IdleLanes = 10, FoldFlushes = 5 });
        var worker = world.Worker(slots: 5);
        for (var i = 0; i < 200; i++)
        {
            world.Enqueue(NewJob(tenant: $"t{i}", orderKey: $"k{i}"));
            world.Complete(worker.GivenOne()).ShouldBeTrue();
        }

        world.Ask<StatsReply>(new StatsRequest()).Tenants.Count.ShouldBeLessThan(30);
    }

    private ResourceReply Put(string name, double share) => _world.Ask<ResourceReply>(new ResourceRequest.Put(name, new TenantRule(share)));
}
