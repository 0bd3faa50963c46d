using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What operators do to many jobs: page by page over the store, oldest first, each page in turns of its own, so that nothing waits for it.</summary>
public sealed partial class Dispatcher
{
    private const int BulkPage = 1_000;

    private void Bulk(Envelope envelope, BulkRequest request) => BulkNext(envelope, request, null, 0);

    private void BulkNext(Envelope envelope, BulkRequest request, long? cursor, long affected)
    {
        var query = QueryOf(request.Match) with { States = StoredStates(request), Cursor = cursor };
        ReadCold((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            var missed = new SortedSet<long>();
            foreach (var stored in page.Jobs) affected += BulkOne(request, stored, missed);
            BulkAgain(envelope, request, missed, affected, total =>
            {
                if (page.Next is { } next && !envelope.Cancel.IsCancellationRequested) BulkNext(envelope, request, next, total);
                else Answer(envelope, new BulkReply(total));
            });
        });
    }

    /// <summary>What changed while its page was read is read again, until it holds still or does not match any more.</summary>
    private void BulkAgain(Envelope envelope, BulkRequest request, SortedSet<long> missed, long affected, Action<long> then)
    {
        if (missed.Count == 0 || envelope.Cancel.IsCancellationRequested)
        {
            then(affected);
            return;
        }

        var query = QueryOf(request.Match) with { States = StoredStates(request), Cursor = missed.Min - 1 };
        ReadCold((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            var last = page.Next ?? long.MaxValue;
            var again = new SortedSet<long>(missed.Where(seq => seq > last));
            foreach (var stored in page.Jobs.Where(s => missed.Contains(s.Job.Seq))) affected += BulkOne(request, stored, again);
            BulkAgain(envelope, request, again, affected, then);
        });
    }

    /// <summary>A page of what may match, oldest first; what the store does not look at is left to who reads it.</summary>
    private JobQuery QueryOf(JobMatch match) => new()
    {
        Ownership = _ownership,
        Types = NullIfEmpty(match.Types),
        Tenants = NullIfEmpty(match.Tenants),
        Queues = NullIfEmpty(match.Queues),
        Tags = NullIfEmpty(match.AllTags),
        Ascending = true,
        Limit = BulkPage,
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count == 0 ? null : values;

    /// <summary>A leased job is stored as ready.</summary>
    private static JobState[] StoredStates(BulkRequest request)
    {
        var states = new HashSet<JobState>();
        foreach (var state in request.States ?? StatesFor(request.Action)) states.Add(state == JobState.Running ? JobState.Ready : state);
        return [.. states];
    }

    private static JobState[] StatesFor(BulkAction action) => action switch
    {
        BulkAction.Cancel => [JobState.Scheduled, JobState.Ready, JobState.Running, JobState.Retry],
        BulkAction.Retry => [JobState.Retry, JobState.Dead, JobState.Cancelled, JobState.Expired, JobState.Discarded],
        _ => [JobState.Scheduled, JobState.Ready, JobState.Retry],
    };

    private int BulkOne(BulkRequest request, StoredJob stored, SortedSet<long> missed)
    {
        var job = stored.Job;
        _jobs.TryGetValue(job.Seq, out var grain);
        if (grain is null && WasTouched(job.Seq))
        {
            missed.Add(job.Seq);
            return 0;
        }

        var state = grain?.State ?? job.State;
        var wanted = request.States ?? StatesFor(request.Action);
        if (!wanted.Contains(state) || !request.Match.Matches(job.Shape) || !MatchArgs(request.Args, job) || !CanDo(request.Action, state)) return 0;
        if (request.DryRun) return 1;
        return request.Action switch
        {
            BulkAction.Cancel => Done(() => BulkEnd(grain, job, JobState.Cancelled)),
            BulkAction.Discard => Done(() => BulkEnd(grain, job, JobState.Discarded)),
            BulkAction.Retry => Done(() => BulkRetry(grain, stored)),
            BulkAction.Reweigh => Done(() => Reweigh(grain, job, request.Weight!.Value)),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "No such action."),
        };
    }

    /// <summary>Of a job that waits in memory the stored row still has the arguments: they never change.</summary>
    private static bool MatchArgs(IReadOnlyList<ArgMatch> wanted, Job job)
    {
        if (wanted.Count == 0) return true;
        var values = ArgPaths.Read(job.Args ?? "null"u8.ToArray(), [.. wanted.Select(a => a.Path)]);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Value != wanted[i].Value) return false;
        }

        return true;
    }

    private static bool CanDo(BulkAction action, JobState state) => StatesFor(action).Contains(state);

    private static int Done(Action change)
    {
        change();
        return 1;
    }

    private void BulkEnd(JobGrain? grain, Job job, JobState state)
    {
        if (grain is null) FinishCold(job, state);
        else if (state == JobState.Cancelled) Cancel(grain);
        else Finish(grain, state, null, null);
    }

    private void BulkRetry(JobGrain? grain, StoredJob stored)
    {
        if (grain is not null) BecomeReadyNow(grain);
        else if (stored.Job.State.IsFinal()) Revive(stored);
        else WakeCold(stored.Job);
    }

    private void Reweigh(JobGrain? grain, Job job, double weight)
    {
        var shape = (grain?.Row ?? job).Shape;
        if (!shape.Weight.Equals(weight)) MoveTo(grain, job, shape.WithWeight(weight));
    }

    private void MoveTo(JobGrain grain, LaneShape shape) => MoveTo(grain, grain.Row, shape);

    /// <summary>A waiting job moves to another lane, to the place its age gives it.</summary>
    private void MoveTo(JobGrain? grain, Job job, LaneShape shape)
    {
        var old = grain?.Row ?? job;
        var from = grain?.Strand ?? StrandOf(LaneOf(old.Shape, old.LaneId), old.Priority);
        if (grain is not null)
        {
            if (grain.State == JobState.Ready) LeaveWindow(grain);
            Operate(grain);
            Leave(grain);
        }

        // Only now: leaving may let idle lanes be forgotten, and until the job is there the new one may be idle.
        var lane = LaneOf(shape);
        var row = old.Copy();
        row.Shape = lane.Shape;
        row.LaneId = lane.Id;
        StoreRow(row);
        Settle(row, from, StrandOf(lane, row.Priority));
    }

    private void Settle(Job row, Lanes.Strand from, Lanes.Strand to)
    {
        if (row.DueAt == 0)
        {
            LeftStrand(from, row.Seq);
            Count(from, -1);
            Refresh(from.Lane);
            Count(to, +1);
            Admit(to, row, null);
            if (!_jobs.ContainsKey(row.Seq)) LeaveAlarm(row);
            Refresh(to.Lane);
        }
        else if (KeepAlarm(row.AlarmAt))
        {
            var grain = new JobGrain(row, to) { RowFlush = _work.Number };
            Enter(grain);
            AddAlarm(grain);
        }
    }
}
