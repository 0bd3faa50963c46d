using Worcr.Grains;
using Worcr.SiloHost.Gateways.Faktory;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>When a stock leases, extends and gives back, in a time that stands still between the steps of a test.</summary>
public sealed class FaktoryStockTests : IDisposable
{
    private const string Queue = "default";
    private const int Most = 64;
    private const int Few = 24;

    /// <summary>More fetches than it takes until as many jobs are leased at once as can be.</summary>
    private const int Warming = 200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(51);

    private readonly SteppedTime _time = new();
    private readonly FakeDispatcher _dispatcher = new() { Endless = new LaneShape("test", "acme", Queue, [], 1, 0, null) };
    private readonly FaktoryStock _stock;

    public FaktoryStockTests() => _stock = new FaktoryStock("wid", _time, () => ValueTask.FromResult<IDispatcher>(_dispatcher));

    private IEnumerable<LeaseToken> Extended => _dispatcher.Notes.OfType<NoteRequest.Extend>().Select(note => note.Lease);

    public void Dispose() => _stock.Dispose();

    [Fact]
    public async Task A_job_that_goes_on_is_extended_once_when_it_was_seen_twice()
    {
        var job = await HandedOverAsync();
        _time.Advance(Look);
        Extended.ShouldBeEmpty();
        _time.Advance(Look);
        Extended.ShouldBe([job.Lease]);
        _time.Advance(10 * Look);
        Extended.ShouldBe([job.Lease]);
    }

    [Fact]
    public async Task A_job_that_was_handed_over_between_two_looks_is_extended_within_40_ms()
    {
        await HandedOverAsync();
        _time.Advance(Look / 2);
        var job = await FetchAsync();
        _time.Advance(Look);
        Extended.ShouldNotContain(job.Lease);
        _time.Advance(Look);
        Extended.ShouldContain(job.Lease);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_job_that_ends_soon_is_not_extended(int looks)
    {
        var job = await HandedOverAsync();
        _time.Advance(looks * Look);
        End(job);
        _time.Advance(10 * Look);
        Extended.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_worker_has_gone_its_jobs_are_extended_and_those_it_did_not_get_are_given_back()
    {
        var job = await HandedOverAsync();
        var left = _dispatcher.LiveLeases().Where(lease => lease != job.Lease).ToArray();
        left.ShouldNotBeEmpty();
        _stock.Dispose();
        Extended.ShouldBe([job.Lease]);
        Yielded.ShouldBe(left, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_not_fetched_in_time_is_given_back()
    {
        var job = await HandedOverAsync();
        var left = _dispatcher.LiveLeases().Where(lease => lease != job.Lease).ToArray();
        _time.Advance(Rest - Look);
        Yielded.ShouldBeEmpty();
        _time.Advance(Look);
        Yielded.ShouldBe(left, ignoreOrder: true);
    }

    [Fact]
    public async Task A_worker_that_does_not_hurry_has_nothing_leased_ahead()
    {
        for (var n = 0; n < Warming; n++)
        {
            await RunAsync();
            _dispatcher.Live.ShouldBe(0);
            _time.Advance(Slow);
        }
    }

    [Fact]
    public async Task When_few_are_left_the_next_ones_are_leased_while_the_worker_goes_on()
    {
        for (var n = 0; n < Warming; n++) await RunAsync();
        while (_dispatcher.Live > Few + 1) await RunAsync();
        _dispatcher.HoldLeases();
        await RunAsync();
        await _dispatcher.Changes.Until(() => _dispatcher.Live == Few + Most, $"{Most} jobs are leased beside the {Few} that are left");
        for (var left = Few; left > 0; left--) await RunAsync();
        var first = FetchAsync();
        first.IsCompleted.ShouldBeFalse("all that is left is on its way");
        _dispatcher.ReleaseLeases();
        End(await first);
        _dispatcher.Live.ShouldBe(Most - 1);
    }

    private IEnumerable<LeaseToken> Yielded => _dispatcher.Reports.Where(report => report.Outcome == ReportOutcome.Yield).Select(report => report.Lease);

    /// <summary>The first job of a lease of several; the others lie in the stock.</summary>
    private async Task<LeasedJob> HandedOverAsync()
    {
        while (true)
        {
            var job = await FetchAsync();
            if (_dispatcher.Live > 2) return job;
            End(job);
        }
    }

    private async Task RunAsync() => End(await FetchAsync());

    /// <summary>As FETCH does it.</summary>
    private async Task<LeasedJob> FetchAsync()
    {
        if (await _stock.TakeAsync(Queue) is { } ready) return ready;
        var wanted = _stock.Ask();
        var reply = await _dispatcher.LeaseAsync(new LeaseRequest { Worker = "wid", Types = ["*"], Queues = [Queue], Max = wanted }, TestContext.Current.CancellationToken);
        if (wanted > 1) _stock.Put(Queue, reply.Jobs);
        return reply.Jobs[0];
    }

    private void End(LeasedJob job)
    {
        _stock.Ended(job.Id);
        _dispatcher.Fence(job.Lease);
    }
}
