using Worcr.Core.Rules;
using Worcr.Grains.Rules;

namespace Worcr.Simulation.World;

/// <summary>All rules as they are stored, and as they ever were.</summary>
internal sealed class RuleBook
{
    private readonly Dictionary<(ResourceKind Kind, string Name), (Resource? Body, (long Epoch, long Number) Version)> _rules = [];
    private readonly Dictionary<(ResourceKind Kind, string Name), List<Resource>> _ever = [];

    /// <summary>A flush has been written; the later of two wins, in whichever order they are.</summary>
    public void Applied(Flush flush)
    {
        var version = (flush.Ownership.Epoch, flush.Number);
        foreach (var change in flush.Resources)
        {
            if (!ResourceCodec.TryKind(change.Kind, out var kind)) continue;
            var body = change.Body is { } stored ? ResourceCodec.Decode(kind, stored) : null;
            var key = (kind, change.Name);
            if (body is not null) Ever(key).Add(body);
            if (_rules.TryGetValue(key, out var known) && known.Version.CompareTo(version) > 0) continue;
            _rules[key] = (body, version);
        }
    }

    /// <summary>Rules of a kind that stand and that everything decided in a flush knows.</summary>
    public IEnumerable<(StandingRule Rule, T Body)> KnownTo<T>((long Epoch, long Number) flush)
        where T : Resource
    {
        foreach (var (key, (body, version)) in _rules)
        {
            if (body is T wanted && version.CompareTo(flush) < 0) yield return (new StandingRule(key.Name, body, version), wanted);
        }
    }

    /// <summary>Whatever was stored under a name.</summary>
    public IReadOnlyList<Resource> EverOf(ResourceKind kind, string name) => Ever((kind, name));

    private List<Resource> Ever((ResourceKind, string) key)
    {
        if (!_ever.TryGetValue(key, out var bodies)) _ever.Add(key, bodies = []);
        return bodies;
    }
}
