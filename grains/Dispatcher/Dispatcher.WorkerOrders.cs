using Worcr.Core.Rules;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>
/// What operators say to single workers. A worker is its name: an order holds for all its sessions and polls, those of now and those to come, and is stored like a rule, so that
/// neither a lost connection nor a restart undoes it.
/// <code>
///   (none) --quiet--> quiet: no more jobs, the rest goes on --resume--> (none)
///          --end----> end: no more jobs, and told to leave  --it has left, its time is over, resume--> (none)
/// </code>
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>How long the name of a worker that was ended is kept away at most, in milliseconds: not every worker says that it leaves.</summary>
    private const long EndLastsMs = 600_000;
    private const string EndedByOperator = "ended by an operator";
    private static readonly Refusal UnknownWorker = new(RefusalKind.NotFound, "There is no such worker.");
    private static readonly Refusal WorkerEnded = new(RefusalKind.Ended, "An operator ended this worker.");

    private WorkerOrder? OrderOf(string worker) => ResourceOf<WorkerRule>(ResourceKind.Worker, worker)?.Order;

    private OrderView[] Orders() => [.. ResourcesOf(ResourceKind.Worker).Select(o => new OrderView(o.Key, (WorkerRule)o.Value))];

    private void Order(Envelope envelope, OrderRequest request)
    {
        var worker = request.Worker;
        var stands = OrderOf(worker) is not null;
        var refusal = !stands && !IsKnown(worker) ? UnknownWorker : null;
        if (refusal is null && request.Order is { } order) refusal = PutResource(worker, RuleFor(order, request.LastsMs)).Refusal;
        else if (refusal is null && stands) DeleteResource(ResourceKind.Worker, worker);
        var rule = ResourceOf<WorkerRule>(ResourceKind.Worker, worker);
        var sessions = _sessions.Values.Count(s => s.Worker == worker);
        Answer(envelope, new OrderReply(rule is null ? null : new OrderView(worker, rule), sessions, _running.Count(g => g.Worker == worker), refusal));
    }

    private WorkerRule RuleFor(WorkerOrder order, long lastsMs)
    {
        if (lastsMs == 0 && order == WorkerOrder.End) lastsMs = EndLastsMs;
        return new WorkerRule(order, _now, lastsMs == 0 ? 0 : _now + lastsMs);
    }

    /// <summary>It is connected, waits for jobs, or holds one.</summary>
    private bool IsKnown(string worker) =>
        _sessions.Values.Any(s => s.Worker == worker) || _running.Any(g => g.Worker == worker);

    private void ApplyOrder(string worker, WorkerRule? rule)
    {
        foreach (var session in _sessions.Values.Where(s => s.Worker == worker).ToArray()) Obey(session, rule?.Order);
        if (IsHeard(EventKind.WorkerOrdered)) Emit(EventKind.WorkerOrdered, null, null, null, null, ("worker", worker), ("order", rule?.Order.ToString().ToLowerInvariant() ?? "none"));
    }

    private void Obey(Session session, WorkerOrder? order)
    {
        session.IsQuiet = order is not null;
        if (order != WorkerOrder.End) session.StandInLine();
        else if (session.Poll is { } poll) EndPoll(session, poll);
        else DrainSession(session, EndedByOperator);
    }

    private void EndPoll(Session session, Poll poll)
    {
        if (session.State == SessionState.Closed) return;
        if (session.ToRun.Count == 0) _work.Effects.Add(() => poll.Answer(new LeaseReply([], WorkerEnded)));
        Remove(session);
    }

    /// <summary>The worker has said that it leaves: the order is carried out, and the name is free. An endpoint has nobody who could leave.</summary>
    private void Fulfil(Session left)
    {
        if (left.Request.Adopts || OrderOf(left.Worker) != WorkerOrder.End || _sessions.Values.Any(s => s.Worker == left.Worker)) return;
        DeleteResource(ResourceKind.Worker, left.Worker);
    }
}
