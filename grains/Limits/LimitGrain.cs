using Worcr.Core.Limits;
using Worcr.Core.Rules;

namespace Worcr.Grains.Limits;

/// <summary>A limit with the keys that are in use.</summary>
internal sealed class LimitGrain(string name, LimitRule rule)
{
    public string Name { get; } = name;

    public LimitRule Rule
    {
        get;
        set
        {
            field = value;
            IsRate = IsRateOf(value);
        }
    } = rule;

    /// <summary>Whether what was taken comes back with time, not with the end of a job.</summary>
    public bool IsRate { get; private set; } = IsRateOf(rule);

    public Dictionary<string, Bucket> Buckets { get; } = new(StringComparer.Ordinal);

    private static bool IsRateOf(LimitRule rule) => rule.Limit.Kind != LimitKind.Concurrency;
}
