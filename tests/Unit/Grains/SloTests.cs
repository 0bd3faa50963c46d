using System.Text.Json;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Core.Slo;
using Worcr.Grains;
using Worcr.Grains.Slo;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Grains;

public sealed class SloTests
{
    private readonly World _world = new();

    [Fact]
    public void Starts_count_as_met_or_missed_for_type_and_tenant()
    {
        _world.EnqueueMany(2, _ => WorldCalls.NewJob("mail", "acme", sloMs: 5_000));
        var worker = _world.Worker();
        worker.RunAll(1);
        _world.Advance(6_000);
        _world.Stats().Slo.Count.ShouldBe(2);
        Of("mail").Windows[0].ShouldBe(new SloWindow(2, 0), "both started in time: the second one when the first was done");
        _world.Session(worker, SessionAction.Close);
        _world.Enqueue(WorldCalls.NewJob("mail", "acme", sloMs: 5_000));
        _world.Advance(6_000);
        Of("mail").Waiting.ShouldBe(2);
        Of("mail").MissInMs.ShouldBe(0);
        _world.Worker(slots: 5);
        Of("mail").Windows[0].Missed.ShouldBe(2);
        Of("acme").Windows[^1].Missed.ShouldBe(2);
        Of("mail").MissInMs.ShouldBeNull();
        _world.Enqueue(WorldCalls.NewJob("free"));
        _world.Stats().Slo.Count.ShouldBe(2, "a job without an objective has no figures");
    }

    [Fact]
    public void A_budget_that_burns_is_told_once_and_so_is_its_end()
    {
        _world.Put("mail", new TypeRule { SloTarget = 0.9 });
        var listener = _world.Listen(new EventsRequest(["slo.*"], Type: "mail"));
        _world.EnqueueMany(10, _ => WorldCalls.NewJob("mail", sloMs: 1_000));
        _world.Advance(2_000);
        var worker = _world.Worker(slots: 100);
        worker.RunAll();
        _world.Advance(60_000);
        var burning = listener.Heard().Where(e => e.Event != "listening").ShouldHaveSingleItem();
        burning.Event.ShouldBe("slo.burning");
        burning.Type.ShouldBe("mail");
        var data = JsonSerializer.Deserialize<JsonElement>(burning.Data);
        data.GetProperty("alert").GetString().ShouldBe("page");
        data.GetProperty("burn5m").GetDouble().ShouldBe(10, 1e-9);
        Of("mail").Alert.ShouldBe(SloAlert.Page);
        for (var i = 0; i < 40; i++)
        {
            worker = _world.Worker(slots: 100);
            _world.EnqueueMany(50, _ => WorldCalls.NewJob("mail", sloMs: 1_000));
            worker.RunAll();
            _world.Advance(60_000);
        }

        listener.Heard()[^1].Event.ShouldBe("slo.recovered");
        Of("mail").Alert.ShouldBe(SloAlert.None);
    }

    [Fact]
    public void The_forecast_follows_the_line_and_the_rate()
    {
        var worker = _world.Worker();
        _world.EnqueueMany(200, _ => WorldCalls.NewJob("mail", sloMs: 60_000));
        for (var i = 0; i < 60; i++)
        {
            worker.RunAll(1);
            _world.Advance(500);
        }

        var figures = Of("mail");
        figures.Waiting.ShouldBeInRange(130, 145);
        figures.MissInMs!.Value.ShouldBeInRange(20_000, 60_000);
    }

    [Fact]
    public void Keys_are_bounded_and_the_one_not_used_for_longest_goes()
    {
        var book = new SloBook(2);
        book.Use(SloScope.Type, "a", _ => 0.9, out _);
        book.Use(SloScope.Tenant, "a", _ => 0.9, out _);
        book.Use(SloScope.Type, "a", _ => 0.9, out _);
        book.Use(SloScope.Type, "b", _ => 0.9, out var forgotten);
        forgotten!.Scope.ShouldBe(SloScope.Tenant);
        book.TryGet(SloScope.Tenant, "a", out _).ShouldBeFalse();
        book.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public void Stats_say_how_fast_how_even_and_how_full()
    {
        _world.Put("two", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 2)));
        _world.Put("acme", new TenantRule(3));
        var worker = _world.Worker(slots: 2);
        _world.EnqueueMany(400, i => WorldCalls.NewJob("mail", i % 2 == 0 ? "acme" : "tiny"));
        worker.RunAll(100);
        _world.Advance(20_000);
        var stats = _world.Stats();
        stats.Fairness.ShouldBeGreaterThan(0.99);
        stats.Rates.Enqueued.ShouldBeInRange(18, 22);
        stats.Rates.Started.ShouldBeInRange(4.5, 5.6);
        var (name, usage) = stats.Limits.ShouldHaveSingleItem();
        (name, usage.Used, usage.Limit).ShouldBe(("two", 2, 2));
        _world.Put("acme", new TenantRule(300));
        _world.Stats().Fairness.ShouldBeLessThan(0.6);
    }

    private SloFigures Of(string name) => _world.Stats().Slo.Single(f => f.Name == name);
}
