using Worcr.Core.Retry;
using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>Worker sessions.</summary>
public sealed partial class Dispatcher
{
    private readonly Dictionary<long, Session> _sessions = [];
    private readonly Dictionary<string, WorkerClass> _classes = new(StringComparer.Ordinal);

    /// <summary>How many low bits of a session's number count within the dispatcher's life: a number of a former life names nobody.</summary>
    private const int SessionBits = 32;
    private long _lastSession;

    /// <summary>What the dispatcher says to a session; completed when the session is closed. Null: no such session. Safe from any thread that got the number from a reply.</summary>
    public System.Threading.Channels.ChannelReader<SessionMessage>? MessagesOf(long session)
    {
        lock (_sessions) return _sessions.TryGetValue(session, out var found) ? found.Outgoing.Reader : null;
    }

    private void Register(Envelope envelope, RegisterRequest request)
    {
        if (_draining)
        {
            Answer(envelope, new RegisterReply(0, [], _options.HeartbeatMs, new Refusal(RefusalKind.Draining, "The silo is draining.", RetryAfterMs: 1_000)));
            return;
        }

        var order = OrderOf(request.Worker);
        if (order == WorkerOrder.End && !request.Held.Any(lease => TryFindLease(lease, out _)))
        {
            Answer(envelope, new RegisterReply(0, [], _options.HeartbeatMs, WorkerEnded));
            return;
        }

        var session = Open(request, null);
        var accepted = Attach(session, request.Held);
        GiveBackUnclaimed(request.Worker);
        if (request.Adopts) Adopt(session);
        EmitWorker(EventKind.WorkerJoined, session);
        if (order is not null) Obey(session, order);
        Answer(envelope, new RegisterReply(session.Id, accepted, _options.HeartbeatMs));
    }

    /// <summary>Those of the leases that are good belong to the session from now on.</summary>
    private List<LeaseToken> Attach(Session session, IReadOnlyList<LeaseToken> held)
    {
        var accepted = new List<LeaseToken>(held.Count);
        foreach (var lease in held)
        {
            if (!TryFindLease(lease, out var grain)) continue;
            grain.Session?.Held.Remove(grain);
            if (grain.Session is { } former) CloseIfDone(former);
            grain.Session = session;
            session.Held.Add(grain);
            grain.IsPolled = false;
            SetLeaseTimer(grain);
            accepted.Add(lease);
        }

        return accepted;
    }

    /// <summary>A worker that came back has said what it still holds: the rest of what it was given never reached it.</summary>
    private void GiveBackUnclaimed(string worker)
    {
        foreach (var former in _sessions.Values.Where(s => s.State == SessionState.Detached && s.Worker == worker).ToArray()) Close(former);
        if (!_unclaimed.Remove(worker, out var grains)) return;
        foreach (var grain in grains)
        {
            if (grain is { IsRunning: true, IsPolled: false, Session: null }) Continue(grain, RetryDecision.Now, Outcomes.Yield, null);
        }
    }

    private Session Open(RegisterRequest request, Poll? poll)
    {
        var session = new Session(++_lastSession, ClassOf(request), request, _now) { Poll = poll, HeardAt = _now, IsQuiet = OrderOf(request.Worker) is not null };
        session.Class.Sessions++;
        lock (_sessions) _sessions.Add(session.Id, session);
        session.StandInLine();
        if (poll is null) _timers.Set(session, _now + (3 * _options.HeartbeatMs));
        return session;
    }

    private WorkerClass ClassOf(RegisterRequest request)
    {
        var key = WorkerClass.KeyOf(request);
        if (_classes.TryGetValue(key, out var found)) return found;
        var added = new WorkerClass(key, request);
        added.Lanes = _scheduler.AddClass(kind => added.Takes((LaneKind)kind), kind => added.FactorFor(((LaneKind)kind).Weights ?? WeightSet.None));
        _classes.Add(key, added);
        return added;
    }

    private void Change(Envelope envelope, SessionRequest request)
    {
        if (!_sessions.TryGetValue(request.Session, out var session) || session.Poll is not null)
        {
            Answer(envelope, new SessionReply(false));
            return;
        }

        session.HeardAt = _now;
        switch (request.Action)
        {
            case SessionAction.Heartbeat: break;
            case SessionAction.Slots: Resize(session, request.Slots); break;
            case SessionAction.Drain: DrainSession(session, "asked by the worker"); break;
            case SessionAction.Detach: Detach(session); break;
            case SessionAction.Close:
                Close(session);
                Fulfil(session);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(request), request.Action, "No such action.");
        }

        Answer(envelope, new SessionReply(true, session.Held.Count, OrderOf(session.Worker)));
    }

    private static void Resize(Session session, int slots)
    {
        session.Slots = slots;
        session.StandInLine();
    }

    private void DrainSession(Session session, string reason)
    {
        if (session.State != SessionState.Attached) return;
        session.State = SessionState.Draining;
        Tell(session, new SessionMessage.Drain(reason));
        if (session.Poll is not null) EndPoll(session);
    }

    /// <summary>The connection broke: nobody hears us there. The leases wait for their worker to come back in another session.</summary>
    private void Detach(Session session)
    {
        session.State = SessionState.Detached;
        session.Outgoing.Writer.TryComplete();
        _timers.Set(session, _now + _options.GraceMs);
        CloseIfDone(session);
    }

    private void RingSession(Session session)
    {
        if (session.Poll is not null) EndPoll(session);
        else if (session.State != SessionState.Detached && session.HeardAt + (3 * _options.HeartbeatMs) > _now) _timers.Set(session, session.HeardAt + (3 * _options.HeartbeatMs));
        else Lose(session);
    }

    /// <summary>Polls come and go: they are no news.</summary>
    private void EmitWorker(EventKind kind, Session session)
    {
        if (!IsHeard(kind)) return;
        Emit(kind, null, null, null, null, ("worker", session.Worker), ("session", session.Id), ("transport", session.Request.Transport), ("slots", session.Slots));
    }

    /// <summary>The worker is gone: its attempts are lost.</summary>
    private void Lose(Session session)
    {
        foreach (var grain in LetGo(session)) Lost(grain, Outcomes.Lost, "The worker went away.");
        Remove(session);
    }

    /// <summary>The worker has left: what it held is given back.</summary>
    private void Close(Session session)
    {
        foreach (var grain in LetGo(session)) Continue(grain, RetryDecision.Now, Outcomes.Yield, null);
        Remove(session);
    }

    /// <summary>A session whose connection broke has nothing to wait for when it holds nothing any more.</summary>
    private void CloseIfDone(Session session)
    {
        if (session is { State: SessionState.Detached, Held.Count: 0 }) Remove(session);
    }

    private void Remove(Session session)
    {
        if (session.State == SessionState.Closed) return;
        session.State = SessionState.Closed;
        _timers.Clear(session);
        lock (_sessions) _sessions.Remove(session.Id);
        _work.Effects.Add(() => session.Outgoing.Writer.TryComplete());
        if (session.Poll is null) EmitWorker(EventKind.WorkerLeft, session);
        var workerClass = session.Class;
        workerClass.Sessions--;
        workerClass.TrimLine();
        if (workerClass.Sessions > 0) return;
        _classes.Remove(workerClass.Key);
        _scheduler.RemoveClass(workerClass.Lanes);
    }
}
