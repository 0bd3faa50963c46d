using Worcr.Core.Rules;
using Worcr.Core.Time;

namespace Worcr.Grains.Rules;

/// <summary>The end of a rule that has one.</summary>
internal sealed class Expiry(ResourceKind kind, string name) : Timed
{
    public ResourceKind Kind { get; } = kind;

    public string Name { get; } = name;
}
