using Worcr.Core.Rules;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>Workers that poll: a session that lives until it got jobs or its wait is over. Their leases belong to no session.</summary>
public sealed partial class Dispatcher
{
    /// <summary>A poll that does not want to wait waits so long, in milliseconds, for a window that is being filled.</summary>
    private const long RefillWaitMs = 100;

    private readonly List<Session> _polls = [];

    private void Lease(Envelope envelope, LeaseRequest request)
    {
        if (_draining)
        {
            Answer(envelope, new LeaseReply([], new Refusal(RefusalKind.Draining, "The silo is draining.", RetryAfterMs: 1_000)));
            return;
        }

        if (OrderOf(request.Worker) == WorkerOrder.End)
        {
            Answer(envelope, new LeaseReply([], WorkerEnded));
            return;
        }

        var register = new RegisterRequest
        {
            Worker = request.Worker,
            Types = request.Types,
            Tags = request.Tags,
            Queues = request.Queues,
            Slots = request.Max,
            Prefetch = 0,
            Transport = request.Transport,
        };
        var session = Open(register, new Poll(reply => envelope.Reply(reply), envelope.Cancel) { IsAhead = request.Ahead });
        _polls.Add(session);
        var wait = Math.Max(request.WaitMs, _askedJobs > 0 || HasUnreadLanes ? RefillWaitMs : 0);
        if (wait > 0) _timers.Set(session, _now + wait);
    }

    /// <summary>Ends the polls that got jobs, and those that do not want to wait.</summary>
    private void AnswerPolls()
    {
        for (var i = _polls.Count - 1; i >= 0; i--)
        {
            var session = _polls[i];
            if (session.ToRun.Count == 0 && session.IsSet && !session.Poll!.Cancel.IsCancellationRequested) continue;
            _polls.RemoveAt(i);
            EndPoll(session);
        }
    }

    private void EndPoll(Session session)
    {
        if (session.State == SessionState.Closed) return;
        if (session.ToRun.Count == 0) _work.Effects.Add(() => session.Poll!.Answer(new LeaseReply([]) { IsQuiet = session.IsQuiet }));
        Remove(session);
    }
}
