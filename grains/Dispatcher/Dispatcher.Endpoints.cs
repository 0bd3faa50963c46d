using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>Endpoints: workers that jobs are sent to. The host sends; here is what it says, and the leases of those that answered "later".</summary>
public sealed partial class Dispatcher
{
    /// <summary>Endpoints in the figures of the namespace: each has several series in the metrics.</summary>
    private const int MaxEndpoints = 100;
    private static readonly EndpointFigures NoFigures = new(EndpointState.Open);

    private readonly Dictionary<string, EndpointFigures> _endpointFigures = new(StringComparer.Ordinal);

    /// <summary>Leases that go on by themselves and belong to no session now, by the worker's name; some may have ended.</summary>
    private readonly Dictionary<string, HashSet<JobGrain>> _goingOn = new(StringComparer.Ordinal);

    /// <summary>The last session of each endpoint, by the worker's name.</summary>
    private readonly Dictionary<string, Session> _endpointSessions = new(StringComparer.Ordinal);

    private void ApplyEndpoint(string name, EndpointRule? body)
    {
        if (body is null)
        {
            _endpointFigures.Remove(name);
            _endpointSessions.Remove(EndpointRule.WorkerOf(name));
            _goingOn.Remove(EndpointRule.WorkerOf(name));
        }

        if (IsHeard(EventKind.EndpointChanged)) Emit(EventKind.EndpointChanged, null, null, null, null, ("endpoint", name), ("deleted", body is null));
    }

    private ResourceReply NoteEndpoint(string name, EndpointFigures figures)
    {
        if (ResourceOf<EndpointRule>(ResourceKind.Endpoint, name) is null) return NoResource(name);
        _endpointFigures[name] = figures;
        return new ResourceReply([]);
    }

    private ResourceFigures FiguresOfEndpoint(string name) => new() { Endpoint = EndpointFiguresOf(name) };

    private EndpointFigures EndpointFiguresOf(string name)
    {
        var inFlight = _endpointSessions.GetValueOrDefault(EndpointRule.WorkerOf(name))?.Held.Count ?? 0;
        return _endpointFigures.GetValueOrDefault(name, NoFigures) with { InFlight = inFlight };
    }

    private EndpointView[] EndpointViews() =>
        [.. ResourcesOf(ResourceKind.Endpoint).Select(e => ViewOf(e.Key, (EndpointRule)e.Value)).OrderByDescending(e => e.Figures.Delivered + e.Figures.Failed).Take(MaxEndpoints)];

    private EndpointView ViewOf(string name, EndpointRule rule)
    {
        var figures = EndpointFiguresOf(name);
        return new EndpointView(name, rule.Slots, rule.IsPaused ? figures with { State = EndpointState.Paused } : figures);
    }

    /// <summary>Leases of the worker's name that go on by themselves count against this session's slots from now on.</summary>
    private void Adopt(Session session)
    {
        if (_endpointSessions.GetValueOrDefault(session.Worker) is { } former) _ = LetGo(former);
        _endpointSessions[session.Worker] = session;
        if (!_goingOn.Remove(session.Worker, out var grains)) return;
        foreach (var grain in grains.Where(g => g is { IsRunning: true, IsPolled: true, Session: null } && g.Worker == session.Worker))
        {
            grain.Session = session;
            session.Held.Add(grain);
        }
    }

    /// <summary>Parts with the leases that go on by themselves; the others, whose fate is the session's.</summary>
    private JobGrain[] LetGo(Session session)
    {
        foreach (var grain in session.Held.Where(g => g.IsPolled))
        {
            grain.Session = null;
            NoteGoingOn(grain);
        }

        session.Held.RemoveWhere(g => g.IsPolled);
        return [.. session.Held];
    }

    /// <summary>The lease counts against its endpoint's slots again, when that has a session.</summary>
    private void NoteGoingOn(JobGrain grain)
    {
        if (EndpointRule.EndpointOf(grain.Worker!) is not { } name || ResourceOf<EndpointRule>(ResourceKind.Endpoint, name) is null) return;
        if (!_goingOn.TryGetValue(grain.Worker!, out var grains)) _goingOn.Add(grain.Worker!, grains = []);
        grains.Add(grain);
    }
}
