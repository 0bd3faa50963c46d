using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>What waits: numbers by type, and pages of ids.</summary>
public sealed partial class Dispatcher
{
    private const int BacklogChunk = 1_000;
    private const int WaitingChunk = 10_000;

    /// <summary>How many of the jobs that wait for their time a page may be chosen from.</summary>
    private const int WaitingLimit = 1_000_000;

    private static readonly JobState[] WaitingStates = [JobState.Scheduled, JobState.Retry];

    private void Backlog(Envelope envelope, BacklogRequest request)
    {
        switch (request)
        {
            case BacklogRequest.Types: ScanWaiting(null, waiting => Answer(envelope, new BacklogReply(Sizes(waiting), []))); break;
            case BacklogRequest.Sizes sizes: ScanWaiting(sizes.Type, waiting => Answer(envelope, new BacklogReply(SizeOf(sizes.Type, waiting.Count), []))); break;
            case BacklogRequest.Waiting page: ScanWaiting(page.Type, waiting => Answer(envelope, new BacklogReply([], Page(waiting, page)))); break;
            case BacklogRequest.Ready page: ListReady(envelope, page); break;
            default: throw new ArgumentOutOfRangeException(nameof(request), request, "No such question.");
        }
    }

    private TypeBacklog[] SizeOf(string type, int waiting)
    {
        if (_types.TryGetValue(type, out var figures)) return [new TypeBacklog(type, figures.Counts.Ready, waiting)];
        return waiting > 0 ? [new TypeBacklog(type, 0, waiting)] : [];
    }

    private TypeBacklog[] Sizes(List<WaitingJob> waiting)
    {
        var byType = waiting.CountBy(j => j.Type).ToDictionary(StringComparer.Ordinal);
        return [.. _types.Keys.Union(byType.Keys).Order(StringComparer.Ordinal)
            .Select(type => new TypeBacklog(type, _types.TryGetValue(type, out var figures) ? figures.Counts.Ready : 0, byType.GetValueOrDefault(type)))];
    }

    private static Guid[] Page(List<WaitingJob> waiting, BacklogRequest.Waiting page)
    {
        if (page.Offset >= waiting.Count) return [];
        waiting.Sort();
        return [.. waiting.Skip((int)page.Offset).Take(page.Limit).Select(j => j.Id)];
    }

    private void ScanWaiting(string? type, Action<List<WaitingJob>> done) => ScanWaiting(type, null, [], done);

    private void ScanWaiting(string? type, long? cursor, List<WaitingJob> found, Action<List<WaitingJob>> done)
    {
        var query = new JobQuery
        {
            Ownership = _ownership,
            States = WaitingStates,
            Types = type is null ? null : [type],
            Cursor = cursor,
            Ascending = true,
            Limit = WaitingChunk,
            WithoutArgs = true,
        };
        Read((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            foreach (var (job, _) in page.Jobs)
            {
                if (!IsPast(job)) found.Add(new WaitingJob(job.DueAt, job.Seq, job.Id, job.Shape.Type));
            }

            if (page.Next is { } next && found.Count < WaitingLimit) ScanWaiting(type, next, found, done);
            else done(found);
        });
    }

    private void ListReady(Envelope envelope, BacklogRequest.Ready page)
    {
        var strands = _lanes.Values.Where(l => l.Shape.Type == page.Type)
            .SelectMany(l => l.Strands)
            .Where(s => s.Ready > 0)
            .OrderByDescending(s => s.Priority)
            .ThenBy(s => s.Lane.Id);
        Walk(new ReadyWalk(page, new Queue<Strand>(strands)), ids => Answer(envelope, new BacklogReply([], ids)));
    }

    private void Walk(ReadyWalk walk, Action<List<Guid>> done)
    {
        if (walk.NextStrand() is not { } strand)
        {
            done(walk.Found);
            return;
        }

        var range = new ReadyRange(strand.Lane.Id, strand.Lane.Shape, strand.Priority, walk.AfterSeq, _ownership.EndId, BacklogChunk);
        Read((store, cancel) => store.ReadReadyAsync(new ReadReady([range], MaxInlineArgs: 0), cancel), strands =>
        {
            var rows = strands[0];
            foreach (var row in rows) walk.Pass(row, IsReady(row));
            if (rows.Count < BacklogChunk) walk.EndStrand();
            Walk(walk, done);
        });
    }

    private bool IsReady(Job row) =>
        !IsPast(row) && (!_jobs.TryGetValue(row.Seq, out var grain) || (grain.State == JobState.Ready && !IsDeferred(grain)));
}
