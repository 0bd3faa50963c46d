using Worcr.Core.Rules;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>
/// One endpoint: a worker session as long as there is a dispatcher (this part), and the requests under way, which outlive a dispatcher
/// (<c>PushEndpoint.Deliveries.cs</c>). The session is opened, changed and closed by the namespace's loop only.
/// </summary>
internal sealed partial class PushEndpoint : IDisposable
{
    private readonly string _space;
    private readonly string _name;
    private readonly PushSurroundings _around;
    private readonly Action _wake;
    private readonly EndpointCircuit _circuit;
    private readonly SemaphoreSlim _adjusting = new(1);
    private readonly ITimer _alarm;
    private volatile EndpointRule _rule;
    private volatile PushLink? _link;
    private bool _isWanted = true;

    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rule">What it is.</param>
    /// <param name="around">What it needs.</param>
    /// <param name="wake">Makes the namespace's loop tend to it.</param>
    public PushEndpoint(string space, string name, EndpointRule rule, PushSurroundings around, Action wake)
    {
        (_space, _name, _rule, _around, _wake) = (space, name, rule, around, wake);
        _circuit = new EndpointCircuit(around.Chance);
        _alarm = around.Time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsOver => !_isWanted && _link is null && IsIdle;

    /// <summary>What it is now; null: nothing any more.</summary>
    public void Set(EndpointRule? rule)
    {
        _isWanted = rule is { IsPaused: false };
        if (rule is not null) _rule = rule;
    }

    /// <summary>Its loop has something to do.</summary>
    public void Wake() => _wake();

    /// <summary>Brings the session to where it has to be. Throws <see cref="DispatcherUnavailableException"/>.</summary>
    public async Task TendAsync(IDispatcher dispatcher, CancellationToken cancel)
    {
        try
        {
            if (_link is { IsDraining: true } && IsIdle) await LeaveAsync(forGood: true);
            if (_link is { IsBroken: false } former) await BeatAsync(former); // also one that drains: what it holds is under way
            if (_isWanted && !IsLinked(dispatcher)) await LinkAsync(dispatcher, cancel);
            if (_link is not { IsGood: true } link) return;
            if (!_isWanted) await link.Session.DrainAsync();
            await AdjustAsync();
        }
        catch (WorkerCallException refused)
        {
            LogNoSession(_around.Logger, _name, _space, refused.Message);
        }
    }

    /// <summary>The dispatcher goes; what is under way waits for the next one.</summary>
    public async Task DetachAsync()
    {
        Forget(_link?.Dispatcher);
        await LeaveAsync(forGood: false);
    }

    /// <summary>The silo stops: what is under way is given back.</summary>
    public async Task StopAsync()
    {
        _link?.Close();
        await YieldAllAsync();
        await LeaveAsync(forGood: true);
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _adjusting.Dispose();
    }

    private bool IsLinked(IDispatcher dispatcher) => _link is { IsGood: true } link && ReferenceEquals(link.Dispatcher, dispatcher) && link.Rule.TakesAs(_rule);

    /// <summary>A new session takes over what is under way; the former one gives back what never arrived.</summary>
    private async Task LinkAsync(IDispatcher dispatcher, CancellationToken cancel)
    {
        var former = _link;
        if (former is { IsDraining: false }) former.Close();
        var link = new PushLink(this, dispatcher, _rule);
        var held = UnderWay;
        var accepted = await link.OpenAsync(EndpointRule.WorkerOf(_name), held, _around.Sessions, cancel);
        _link = link;
        foreach (var lease in held.Except(accepted)) Abort(lease, PushEnd.Gone);
        Meet(dispatcher);
        link.HeardAt = _around.Now;
        link.Session.Start();
        if (former is not null) await former.Session.LeaveAsync(forGood: true);
    }

    private async Task LeaveAsync(bool forGood)
    {
        if (_link is not { } link) return;
        _link = null;
        link.Close();
        await link.Session.LeaveAsync(forGood);
    }

    private async Task BeatAsync(PushLink link)
    {
        if (_around.Now < link.HeardAt + (link.HeartbeatMs / 2)) return;
        await link.Session.HeartbeatAsync();
        link.HeardAt = _around.Now;
    }

    /// <summary>Tells the dispatcher how many jobs the endpoint is to be sent, when that has changed.</summary>
    private async Task AdjustAsync()
    {
        await _adjusting.WaitAsync();
        try
        {
            if (_link is not { IsGood: true } link) return;
            var now = _around.Now;
            var (state, restsUntil) = _circuit.At(now);
            if (state == EndpointState.Resting) _alarm.Change(TimeSpan.FromMilliseconds(Math.Max(1, restsUntil - now)), Timeout.InfiniteTimeSpan);
            if (link.Told.State == state && (state != EndpointState.Open || link.Told.Slots == _rule.Slots)) return;
            if (link.Told.State != state && (state, link.Told.State) is not (EndpointState.Open, EndpointState.Paused)) LogState(_around.Logger, _name, _space, state);
            var slots = await SlotsAsync(link, state);
            await link.Session.SlotsAsync(slots);
            link.Told = (state, slots);
            NoteFigures(link.Dispatcher);
        }
        finally
        {
            _adjusting.Release();
        }
    }

    /// <summary>While it is tried, one more than what it goes on with by itself.</summary>
    private async Task<int> SlotsAsync(PushLink link, EndpointState state) => state switch
    {
        EndpointState.Open => _rule.Slots,
        EndpointState.Trying => Math.Min(_rule.Slots, await link.Session.HeartbeatAsync() + 1),
        _ => 0,
    };
}
