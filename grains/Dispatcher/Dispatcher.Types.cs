using System.Collections.Frozen;
using Worcr.Core.Rules;
using Worcr.Grains.Slo;

namespace Worcr.Grains;

/// <summary>What operators say about types: defaults for new jobs.</summary>
public sealed partial class Dispatcher
{
    /// <summary>The types that are never shed. Any thread may look.</summary>
    public FrozenSet<string> Unsheddable { get; private set; } = [];

    private TypeRule? TypeRuleOf(string type) => ResourceOf<TypeRule>(ResourceKind.Type, type);

    private void ApplyType(string name)
    {
        if (IsSheddable(name) == Unsheddable.Contains(name)) Unsheddable = [.. IsSheddable(name) ? Unsheddable.Where(t => t != name) : Unsheddable.Append(name)];
        if (_types.TryGetValue(name, out var type))
        {
            type.Rule = TypeRuleOf(name);
            WatchType(name);
            if (_sheds.Count > 0) Replace(lane => ReferenceEquals(lane.Type, type));
        }

        if (TypeRuleOf(name) is null) ForgetViolations(name);
        if (_slo.TryGet(SloScope.Type, name, out var key)) key.Tracker.Target = SloTargetOf(name);
    }

    /// <summary>What the producer did not say, the type's rule does.</summary>
    private void ApplyDefaults(Job job)
    {
        if (TypeRuleOf(job.Shape.Type) is not { } rule) return;
        job.Shape = WithDefaults(job.Shape, job.Given, rule);
        if (rule.Priority is { } priority && !job.Given.HasFlag(JobGiven.Priority)) job.Priority = priority;
        var options = job.Options;
        if (rule.TimeoutMs > 0 && !job.Given.HasFlag(JobGiven.Timeout)) options = options with { TimeoutMs = rule.TimeoutMs };
        if (rule.Retry is { } retry && !job.Given.HasFlag(JobGiven.Retry)) options = options with { Retry = retry };
        if (rule.ResultTtlMs > 0 && !job.Given.HasFlag(JobGiven.ResultTtl)) options = options with { ResultTtlMs = rule.ResultTtlMs };
        job.Options = options;
    }

    private static LaneShape WithDefaults(LaneShape shape, JobGiven given, TypeRule rule)
    {
        var queue = given.HasFlag(JobGiven.Queue) ? shape.Queue : rule.Queue ?? shape.Queue;
        var tags = given.HasFlag(JobGiven.Tags) ? shape.Tags : rule.Tags ?? shape.Tags;
        var weight = given.HasFlag(JobGiven.Weight) || rule.Weight == 0 ? shape.Weight : rule.Weight;
        var slo = given.HasFlag(JobGiven.Slo) || rule.SloMs == 0 ? shape.SloMs : rule.SloMs;
        return new LaneShape(shape.Type, shape.Tenant, queue, tags, weight, slo, shape.OrderKey);
    }
}
