using System.Globalization;
using System.Text.Json;
using Worcr.Core.Slo;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Tenants;

namespace Worcr.Grains;

/// <summary>Why a job is (not) running: out of the structures that decide, not out of a second opinion.</summary>
public sealed partial class Dispatcher
{
    private const int MaxTenantLanes = 100;

    private void Explain(Envelope envelope, ExplainRequest request)
    {
        switch (request)
        {
            case ExplainRequest.OfJob job: ExplainJob(envelope, job.Id); break;
            case ExplainRequest.OfTenant tenant: Answer(envelope, ExplainTenant(tenant.Tenant)); break;
            case ExplainRequest.OfLanes lanes: Answer(envelope, ExplainLanes(lanes)); break;
            default: throw new NotSupportedException($"No dispatcher understands {request.GetType()}.");
        }
    }

    private void ExplainJob(Envelope envelope, Guid id)
    {
        if (Find(id) is { } grain)
        {
            Answer(envelope, ExplainRow(grain.Row, grain));
            return;
        }

        var find = new FindJob(_ownership, id);
        Read((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            if (stored is null) Answer(envelope, new ExplainReply(null, null, [], Unknown));
            else if (_jobs.TryGetValue(stored.Job.Seq, out var found)) Answer(envelope, ExplainRow(found.Row, found));
            else if (stored.Outcome is { } outcome) Answer(envelope, new ExplainReply(Ended(stored.Job, outcome), null, []));
            else Answer(envelope, ExplainRow(stored.Job, null));
        });
    }

    private static JobExplanation Ended(Job job, JobOutcome outcome)
    {
        var text = outcome.Error is { } error ? $"It is {Lower(outcome.State)}: {error.Code}: {error.Message}" : $"It is {Lower(outcome.State)}.";
        return new JobExplanation { Id = job.Id, State = outcome.State, Reasons = [new Reason("finished", text)] };
    }

    /// <summary>A live job, whether it is in memory or not.</summary>
    private ExplainReply ExplainRow(Job row, JobGrain? grain)
    {
        var state = grain?.State ?? row.State;
        var lane = grain?.Lane ?? LaneOf(row.Shape, row.LaneId);
        var tenant = ExplainTenant(lane.TenantGrain);
        IReadOnlyList<LaneExplanation> lanes = [ExplainLane(lane)];
        if (grain is { IsRunning: true }) return new ExplainReply(Running(grain), tenant, lanes);
        if (state != JobState.Ready) return new ExplainReply(Later(row, state), tenant, lanes);
        var position = PositionOf(row, lane);
        var reasons = ReasonsOf(lane);
        if (position > 0) reasons.Add(new Reason("behind", $"About {Number(position)} jobs of its lane go first.", Figures(("position", position))));
        if (reasons.Count == 0) reasons.Add(new Reason("next", "It is next."));
        var ahead = Math.Max(0, (lane.TenantGrain.Counts.Ready - lane.Ready) / 2) + position;
        return new ExplainReply(
            new JobExplanation
            {
                Id = row.Id,
                State = JobState.Ready,
                Reasons = reasons,
                Position = position,
                TenantPosition = ahead,
                EstimatedStartAt = EstimatedStart(lane, position, ahead, reasons),
            },
            tenant,
            lanes);
    }

    private JobExplanation Running(JobGrain grain)
    {
        var figures = Figures(("worker", grain.Worker ?? ""), ("attempt", grain.Attempt), ("runningMs", _now - grain.StartedAt), ("timeoutInMs", grain.DeadlineAt - _now));
        var reasons = new List<Reason> { new("running", $"Worker '{grain.Worker}' runs attempt {grain.Attempt} since {Seconds(_now - grain.StartedAt)}; it times out in {Seconds(grain.DeadlineAt - _now)}.", figures) };
        if (grain.IsInterrupted) reasons.Add(new Reason("interrupted", "Its worker was asked to yield."));
        return new JobExplanation { Id = grain.Row.Id, State = JobState.Running, Reasons = reasons };
    }

    private JobExplanation Later(Job row, JobState state)
    {
        if (row.DueAt == Job.WaitsForJobs) return new JobExplanation { Id = row.Id, State = state, Reasons = [WaitsForOthers(row)] };
        var inMs = Math.Max(0, row.DueAt - _now);
        var reason = state == JobState.Retry
            ? new Reason("retry", $"Attempt {row.Attempt} failed; the next one is due in {Seconds(inMs)}.", Figures(("dueInMs", inMs), ("attempt", row.Attempt)))
            : new Reason("scheduled", $"It is due in {Seconds(inMs)}.", Figures(("dueInMs", inMs)));
        return new JobExplanation { Id = row.Id, State = state, Reasons = [reason], EstimatedStartAt = row.DueAt };
    }

    private Reason WaitsForOthers(Job row) => _families.TryGetValue(row.Id, out var family) && family.State.ParentWaits
        ? new Reason("children", $"It waits for {family.State.Pending} of its children.", Figures(("pending", family.State.Pending)))
        : WaitsForBatch(row);

    private Reason WaitsForBatch(Job row)
    {
        if (row.Options.Batch is not { } id || !_batches.TryGetValue(id, out var batch)) return new Reason("after", "It waits for other jobs of its batch.");
        var pending = batch.Graph.PendingBefore(row.Seq);
        return new Reason("after", $"It waits for {pending} other jobs of its batch.", Figures(("batch", id.ToString()), ("pending", pending)));
    }

    /// <summary>Jobs of the lane that go first. Behind the window only the store knows the order: then it is about the middle of what lies there.</summary>
    private long PositionOf(Job row, Lane lane)
    {
        var position = 0L;
        foreach (var strand in lane.Strands)
        {
            if (strand.Priority < row.Priority) break;
            if (strand.Priority > row.Priority) position += strand.Ready;
            else if (row.Seq <= strand.Cursor) position += strand.Window.CountBefore(row.Seq);
            else position += strand.Window.Count + Share(row, strand);
        }

        return position;
    }

    /// <summary>Sequence numbers grow evenly enough: as far between the cursor and the last one as the job is, so many of those beyond the window go first.</summary>
    private long Share(Job row, Strand strand)
    {
        var beyond = strand.Ready - strand.Window.Count;
        var span = Math.Max(1, _lastSeq - strand.Cursor);
        return (long)(beyond * Math.Clamp((row.Seq - strand.Cursor) / (double)span, 0, 1));
    }

    private ExplainReply ExplainTenant(string name)
    {
        if (!_tenants.TryGetValue(name, out var tenant)) return new ExplainReply(null, null, [], new Refusal(RefusalKind.NotFound, $"Tenant '{name}' has no jobs."));
        return new ExplainReply(null, ExplainTenant(tenant), ExplainLanes(new ExplainRequest.OfLanes(null, name, null, null, MaxTenantLanes)).Lanes);
    }

    private TenantExplanation ExplainTenant(TenantGrain tenant)
    {
        var lag = _scheduler.LagOf(tenant);
        var ahead = _tenants.Values.Count(t => t.ActiveLanes > 0 && _scheduler.LagOf(t) < lag);
        return new TenantExplanation(tenant.Name, tenant.Share, tenant.Counts.Ready, tenant.Counts.Running, lag, ahead, tenant.Served.PerSecond(_now, _since));
    }

    private ExplainReply ExplainLanes(ExplainRequest.OfLanes request)
    {
        var query = new QueryJobsRequest(null, request.Type, request.Tenant, request.Tag, request.Queue, request.Limit, null);
        var lanes = _lanes.Values.Where(l => query.Matches(l.Shape)).OrderByDescending(l => l.Ready).Take(request.Limit);
        return new ExplainReply(null, null, [.. lanes.Select(ExplainLane)]);
    }

    private LaneExplanation ExplainLane(Lane lane)
    {
        var head = lane.Top?.Window.Peek();
        var weight = lane.Shape.Weight * (head is null ? 1 : Urgency.Factor(_now - head.Row.ReadyAt, lane.Shape.SloMs));
        var limits = lane.Rules.Limits.Select(l => KeyValuePair.Create(l.Name, l.Key)).ToArray();
        return new LaneExplanation(lane.Shape, lane.Ready, lane.Leased, head?.Row.ReadyAt ?? 0, weight, limits, lane.Top is null ? [] : ReasonsOf(lane));
    }

    private static byte[] Figures(params (string Name, object Value)[] figures) => JsonSerializer.SerializeToUtf8Bytes(figures.ToDictionary(f => f.Name, f => f.Value));

    private static string Lower(JobState state) => state.ToString().ToLowerInvariant();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(long ms) => ms < 1_000 ? $"{ms} ms" : string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000.0:0.#} s");
}
