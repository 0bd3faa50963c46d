using System.Globalization;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Store.Decorators;
using Worcr.Testing.Model;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>More comes than the store takes: light jobs are turned away first, marked types never, reports pass, memory stays bounded, and nothing that was taken is lost.</summary>
public sealed class FloodTests
{
    private const int TickMs = 100;
    private const int TakenATick = 12;
    private const int Inbox = 8_192;
    private const int Flush = 20_000;

    private readonly World _world = new();
    private readonly Queue<(EnvelopeOf<EnqueueReply> Call, string Type)> _inbox = new();
    private readonly List<(EnvelopeOf<EnqueueReply> Call, string Type)> _calls = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Light_jobs_are_turned_away_first_and_marked_ones_never()
    {
        _world.Put("must", new TypeRule { IsSheddable = false });
        _world.Put("vip", new WeightRule(new RuleMatch { Job = new JobMatch { Types = ["heavy"] } }, 100));
        for (var tick = 0; tick < 1_200; tick++) Tick(light: 60, heavy: 3, must: 2);
        var refused = Refused();
        refused["light"].ShouldBeGreaterThan(20_000);
        refused.GetValueOrDefault("must").ShouldBe(0);
        refused.GetValueOrDefault("heavy").ShouldBeLessThan(180, "5 % of the heavy jobs, of the light ones most");
        _inbox.Count.ShouldBeLessThan(2_000, "messages wait for ever longer");
        foreach (var (call, _) in _calls.Where(c => c.Call.Task is { IsCompleted: true, Result.Refusal: not null }))
            call.Reply().Refusal!.RetryAfterMs.ShouldBeGreaterThan(0);

        for (var tick = 0; tick < 600; tick++) Tick(light: 1, heavy: 0, must: 0);
        _calls.Clear();
        for (var tick = 0; tick < 50; tick++) Tick(light: 2, heavy: 1, must: 1);
        _calls.ShouldAllBe(c => c.Call.Task.IsCompleted);
        Refused().ShouldBeEmpty();
    }

    [Fact]
    public async Task Beyond_the_inbox_everybody_is_told_to_come_again_but_reports_and_marked_types_pass_and_nothing_taken_is_lost()
    {
        var database = new ModelDatabase();
        var (gate, isHeld) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        await using var store = new FaultInjectingStore(new ModelJobStore(database), verb => isHeld && verb == StoreVerb.Commit ? new StoreFault { HoldBefore = gate.Task } : StoreFault.None);
        await using var grain = await StoreGrain.StartAsync(store);
        await grain.ResourcesAsync(new ResourceRequest.Put("must", new TypeRule { IsSheddable = false }), Cancel);
        await grain.EnqueueAsync(new EnqueueRequest([NewJob("held")]), Cancel);
        var lease = (await grain.LeaseAsync(Poll(type: "held"), Cancel)).Jobs.ShouldHaveSingleItem().Lease;

        isHeld = true;
        var calls = new List<Task<EnqueueReply>>();
        while (!calls.Exists(c => c.IsCompletedSuccessfully && c.Result.Refusal is not null))
        {
            calls.Add(grain.EnqueueAsync(new EnqueueRequest([NewJob("light")]), Cancel));
            calls.Count.ShouldBeLessThan((2 * Flush) + (2 * Inbox), "nobody is ever turned away");
        }

        var refusal = calls.Where(c => c.IsCompletedSuccessfully).Select(c => c.Result.Refusal).OfType<Refusal>().First();
        (refusal.Kind, refusal.RetryAfterMs > 0).ShouldBe((RefusalKind.Overloaded, true));
        var report = grain.ReportAsync(new ReportRequest([new Report(lease, ReportOutcome.Complete)]), Cancel);
        var must = grain.EnqueueAsync(new EnqueueRequest([NewJob("must")]), Cancel);
        (await grain.EnqueueAsync(new EnqueueRequest([NewJob("must"), NewJob("light")]), Cancel)).Refusal.ShouldNotBeNull();
        must.IsCompleted.ShouldBeFalse();

        isHeld = false;
        gate.SetResult();
        (await report).Accepted.ShouldBe([true]);
        var taken = (await Task.WhenAll(calls.Append(must))).SelectMany(r => r.Jobs).Select(j => j.Id).ToHashSet();
        (await must).Refusal.ShouldBeNull();
        (await grain.EnqueueAsync(new EnqueueRequest([NewJob("light")]), Cancel)).Refusal.ShouldBeNull();
        taken.Count.ShouldBeGreaterThan(Inbox);
        taken.ShouldBeSubsetOf(database.Live.Values.Select(j => j.Id));
    }

    /// <summary>A tenth of a second: so much comes, and the store takes so much.</summary>
    private void Tick(int light, int heavy, int must)
    {
        _world.Now += TickMs;
        for (var i = 0; i < Math.Max(light, Math.Max(heavy, must)); i++)
        {
            if (i < light) Come("light");
            if (i < heavy) Come("heavy");
            if (i < must) Come("must");
        }

        _world.Dispatcher.Begin(_world.Now);
        for (var taken = 0; taken < TakenATick && _inbox.TryDequeue(out var next);)
        {
            _world.Dispatcher.Handle(next.Call);
            _world.Settle();
            if (next.Call.Reply().Refusal is null) taken++;
        }
    }

    private void Come(string type)
    {
        var job = NewJob(type, args: System.Text.Encoding.UTF8.GetBytes(_calls.Count.ToString(CultureInfo.InvariantCulture)));
        var call = new EnvelopeOf<EnqueueReply>(new EnqueueRequest([job]), CancellationToken.None) { ArrivedAt = _world.Now, Ahead = _inbox.Count };
        _inbox.Enqueue((call, type));
        _calls.Add((call, type));
    }

    private Dictionary<string, int> Refused() =>
        _calls.Where(c => c.Call.Task is { IsCompleted: true, Result.Refusal: not null }).CountBy(c => c.Type).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
