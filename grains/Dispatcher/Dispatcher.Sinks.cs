using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>
/// Lanes whose jobs are to go elsewhere than to a worker: into a blackhole, or into other lanes because a rule looks at arguments that nobody looked at
/// when they came. They are worked off from their heads, some jobs a turn, so that nothing waits for it and no job of them is started meanwhile.
/// </summary>
public sealed partial class Dispatcher
{
    private const int SunkPerTurn = 500;

    private readonly Queue<Lane> _sinks = new();

    /// <summary>Those of them whose head has to be read first.</summary>
    private readonly Queue<Lane> _unreadSinks = new();

    /// <summary>How many jobs rules may still discard instead of starting them in this turn.</summary>
    private int _discardsLeft = SunkPerTurn;

    /// <summary>Whether the next turn has something to do already.</summary>
    public bool IsBusy => (_sinks.Count > 0 || _discardsLeft <= 0) && !IsFull;

    private static bool IsSink(Lane lane) => lane.Rules.Blackhole is not null || lane.IsUnsorted;

    private void Sink(Lane lane)
    {
        _scheduler.Deactivate(lane);
        if (lane.IsInSinks || lane.IsSorting || lane.Top is not { } top) return;
        if (top.Window.Peek() is null)
        {
            RefillIfLow(top);
            if (!IsUnread(lane)) return;
        }

        lane.IsInSinks = true;
        (top.Window.Count > 0 ? _sinks : _unreadSinks).Enqueue(lane);
    }

    /// <summary>Works some jobs of such lanes off.</summary>
    private void DrainSinks()
    {
        for (var left = SunkPerTurn; left > 0 && !IsFull && _sinks.TryDequeue(out var lane); left--)
        {
            lane.IsInSinks = false;
            if (lane.Top?.Window.Peek() is { } head && IsSink(lane))
            {
                if (lane.Rules.Blackhole is { } blackhole && !lane.IsUnsorted) Swallow(head, blackhole);
                else Sort(head);
            }

            Refresh(lane);
        }

        while (_sinks.Count + _askedJobs < SunkPerTurn && _unreadSinks.TryDequeue(out var lane))
        {
            lane.IsInSinks = false;
            if (IsSink(lane) && IsUnread(lane)) ReadHead(lane);
            else Refresh(lane);
        }
    }

    private void Swallow(Jobs.JobGrain grain, string blackhole) => Finish(grain, JobState.Discarded, null, TakenBy(blackhole));

    private static string ErrorCodeOf(string blackhole) => "blackhole:" + blackhole;

    private void Restore(Envelope envelope, RestoreRequest request) => RestoreNext(envelope, request.Name, null, 0);

    private void RestoreNext(Envelope envelope, string name, long? cursor, long affected)
    {
        var query = new JobQuery
        {
            Ownership = _ownership,
            States = [JobState.Discarded],
            ErrorCode = ErrorCodeOf(name),
            Cursor = cursor,
            Ascending = true,
            Limit = BulkPage,
        };
        ReadCold((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            foreach (var stored in page.Jobs)
            {
                if (_jobs.ContainsKey(stored.Job.Seq) || WasTouched(stored.Job.Seq) || stored.Job.State != JobState.Discarded) continue;
                Revive(stored);
                affected++;
            }

            if (page.Next is { } next && !envelope.Cancel.IsCancellationRequested) RestoreNext(envelope, name, next, affected);
            else Answer(envelope, new BulkReply(affected));
        });
    }
}
