using Worcr.Core.Rules;

namespace Worcr.Grains.Limits;

/// <summary>A limit with the keys that are in use.</summary>
internal sealed class LimitGrain(string name, LimitRule rule)
{
    public string Name { get; } = name;

    public LimitRule Rule { get; set; } = rule;

    public Dictionary<string, Bucket> Buckets { get; } = new(StringComparer.Ordinal);
}
