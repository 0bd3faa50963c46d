using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;
using Worcr.Grains.Schedules;

namespace Worcr.Grains;

/// <summary>What rules do now, for people.</summary>
public sealed partial class Dispatcher
{
    private const int MaxUsage = 100;

    private ResourceView ViewOf(string name, Resource body) => new(name, body, FiguresOf(name, body));

    private ResourceFigures FiguresOf(string name, Resource body) => body switch
    {
        LimitRule limit => FiguresOf(_limits[name], limit),
        ScheduleRule => FiguresOf(_schedules[name]),
        EndpointRule => FiguresOfEndpoint(name),
        _ when RuleSet.MatchOf(body) is not null => PreviewFigures(body) with { Hits = _hits.GetValueOrDefault((body.Kind, name)) },
        _ => ResourceFigures.None,
    };

    private ResourceFigures FiguresOf(LimitGrain limit, LimitRule rule) => PreviewFigures(rule) with
    {
        Usage = [.. limit.Buckets.Values.Where(b => b.Permits.Used(_now) > 0 || !b.Gate.IsOpen).OrderByDescending(b => b.Permits.Used(_now)).ThenBy(b => b.Key, StringComparer.Ordinal).Take(MaxUsage).Select(Usage)],
        Keys = limit.Buckets.Count,
        Limit = limit.Buckets.Values.FirstOrDefault(b => b.Adaptive is not null)?.Adaptive!.Value ?? rule.Limit.Limit,
        History = HistoryOf(limit),
    };

    private static LimitChange[] HistoryOf(LimitGrain limit)
    {
        var changes = limit.Buckets.Values.SelectMany(b => (b.Adaptive?.History ?? []).Select(c => new LimitChange(c.At, c.Value, (b.Key.Length == 0 ? "" : b.Key + ": ") + Reason(c.Reason))));
        return [.. changes.OrderByDescending(c => c.At).Take(AdaptiveLimit.HistoryLength)];
    }

    private static string Reason(AdaptiveReason reason) => reason switch
    {
        AdaptiveReason.Raised => "all went well while it was in use",
        AdaptiveReason.Errors => "a job failed with a declared code",
        AdaptiveReason.Slow => "run times got longer",
        _ => "its bounds were edited",
    };

    private LimitUsage Usage(Bucket bucket)
    {
        var opensAt = bucket.Permits.OpensAt(_now);
        return new LimitUsage(bucket.Key, bucket.Permits.Used(_now), SpecOf(bucket).Limit, opensAt <= _now ? 0 : opensAt, bucket.Waiting);
    }

    /// <summary>What the rule meets, whether it stands already or not.</summary>
    private ResourceFigures PreviewFigures(Resource body)
    {
        if (body is ScheduleRule schedule) return PreviewFigures(schedule);
        if (RuleSet.MatchOf(body) is not { } match) return ResourceFigures.None;
        var lanes = _lanes.Values.Where(l => match.Matches(l.Shape)).ToArray();
        return new ResourceFigures
        {
            Waiting = lanes.Sum(l => l.Ready),
            Running = lanes.Sum(l => (long)l.Leased),
            Warnings = [.. Warnings(body, match, lanes)],
        };
    }

    private ResourceFigures PreviewFigures(ScheduleRule schedule)
    {
        long[] runs = [.. ScheduleGrain.NextRuns(ScheduleGrain.Read(schedule), _now, ShownRuns)];
        return new ResourceFigures { NextRuns = runs, Warnings = runs.Length == 0 && !schedule.IsPaused ? [NeverFires] : [] };
    }

    /// <summary>What is likely to be a mistake.</summary>
    private IEnumerable<string> Warnings(Resource body, RuleMatch match, Lane[] lanes)
    {
        if (match.Job.AllTags.Concat(match.Job.AnyTags).Intersect(match.Job.NoTags).Any()) yield return "The match demands a job tag and forbids it: it can never hold.";
        if (match.Worker.All.Concat(match.Worker.AnyOf).Intersect(match.Worker.None).Any()) yield return "The match demands a worker tag and forbids it: it can never hold.";
        if (body is not (WeightRule or RouteRule)) yield break;
        var meetsWorker = _classes.Values.Any(c => match.Worker.Matches(c.Tags));
        if (_classes.Count > 0 && !meetsWorker) yield return "No connected worker matches.";
        if (body is not RouteRule || _classes.Count == 0) yield break;
        foreach (var group in lanes.Where(l => l.Top is not null && !CanRun(l, match)).GroupBy(l => l.Shape.Type).Take(10))
        {
            yield return $"With it no connected worker can run waiting jobs of type '{group.Key}'{(group.Count() == 1 ? $" of tenant '{group.First().Shape.Tenant}'" : "")}.";
        }
    }

    /// <summary>Whether a connected worker may run the lane's jobs, if the route stood, too.</summary>
    private bool CanRun(Lane lane, RuleMatch route) =>
        _classes.Values.Any(c => c.Takes(KindOf(lane)) && !route.Worker.Matches(c.Tags));

    /// <summary>Permits that workers hold, for the fold.</summary>
    private List<PermitUse> HeldPermits()
    {
        var held = new List<PermitUse>();
        foreach (var grain in _running)
        {
            if (grain.HeldPermits is not { } permits) continue;
            foreach (var (bucket, count) in permits) held.Add(new PermitUse(bucket.Limit.Name, bucket.Key, count, grain.StartedAt, grain.Seq, grain.Attempt));
        }

        return held;
    }
}
