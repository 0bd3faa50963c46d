namespace Worcr.Core.Rules;

/// <summary>
/// All rules of a namespace that decide about waiting jobs, by name, and what they say of a lane. A lane's part is computed once and again only
/// when a rule that met it changes: asking costs O(rules), a change O(lanes).
/// </summary>
public sealed class RuleSet
{
    /// <summary>For how many shapes the paths are remembered: they are asked for with every new job.</summary>
    private const int MaxPaths = 10_000;

    private readonly SortedDictionary<string, WeightRule> _weights = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, RouteRule> _routes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LimitRule> _limits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PauseRule> _pauses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BlackholeRule> _blackholes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ShedRule> _sheds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightSet> _weightSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RouteSet> _routeSets = new(StringComparer.Ordinal);
    private readonly Dictionary<LaneShape, string[]> _paths = [];

    /// <summary>Whether a rule looks at arguments.</summary>
    public bool LooksAtArgs { get; private set; }

    /// <summary>Takes a rule in, in place of one of its name. Kinds that are no rules about waiting jobs are passed over.</summary>
    public void Put(string name, Resource rule)
    {
        switch (rule)
        {
            case WeightRule weight: _weights[name] = weight; break;
            case RouteRule route: _routes[name] = route; break;
            case LimitRule { Use: LimitUse.Job } limit: _limits[name] = limit; break;
            case LimitRule: _limits.Remove(name); break;
            case PauseRule pause: _pauses[name] = pause; break;
            case BlackholeRule blackhole: _blackholes[name] = blackhole; break;
            case ShedRule shed: _sheds[name] = shed; break;
            default: return;
        }

        Changed(name);
    }

    /// <summary>Drops a rule.</summary>
    public void Remove(ResourceKind kind, string name)
    {
        switch (kind)
        {
            case ResourceKind.Weight: _weights.Remove(name); break;
            case ResourceKind.Route: _routes.Remove(name); break;
            case ResourceKind.Limit: _limits.Remove(name); break;
            case ResourceKind.Pause: _pauses.Remove(name); break;
            case ResourceKind.Blackhole: _blackholes.Remove(name); break;
            case ResourceKind.Shed: _sheds.Remove(name); break;
            default: return;
        }

        Changed(name);
    }

    /// <summary>The match of a rule, or null for a kind that has none.</summary>
    public static RuleMatch? MatchOf(Resource? rule) => rule switch
    {
        WeightRule weight => weight.Match,
        RouteRule route => route.Match,
        LimitRule limit => limit.Match,
        PauseRule pause => pause.Match,
        BlackholeRule blackhole => blackhole.Match,
        ShedRule shed => shed.Match,
        _ => null,
    };

    /// <summary>The paths of arguments that rules look at for jobs of a shape, sorted, without repeats.</summary>
    public string[] PathsFor(LaneShape shape)
    {
        if (!LooksAtArgs) return [];
        if (_paths.TryGetValue(shape, out var known)) return known;
        if (_paths.Count >= MaxPaths) _paths.Clear();
        return _paths[shape] = FindPaths(shape);
    }

    private string[] FindPaths(LaneShape shape)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var match in Matches())
        {
            if (match.Args.Count > 0 && match.Job.Matches(shape)) paths.UnionWith(match.Args.Select(a => a.Path));
        }

        foreach (var limit in _limits.Values)
        {
            if (limit.Match.Job.Matches(shape)) paths.UnionWith(limit.Key.Where(p => p.From == LimitKeySource.Args).Select(p => p.Text));
        }

        return [.. paths];
    }

    /// <summary>What the rules say of a lane.</summary>
    public LaneRules For(LaneShape shape) => IsEmpty ? LaneRules.None : new(
        Intern(_weightSets, Met(_weights, shape), WeightSet.None, rules => new WeightSet(rules)),
        Intern(_routeSets, Met(_routes, shape), RouteSet.None, rules => new RouteSet(rules)),
        LimitsFor(shape),
        [.. Met(_pauses, shape).Select(p => p.Key)],
        Met(_blackholes, shape).Select(b => b.Key).FirstOrDefault(),
        [.. Met(_sheds, shape).Select(s => s.Key)]);

    private bool IsEmpty => _weights.Count + _routes.Count + _limits.Count + _pauses.Count + _blackholes.Count + _sheds.Count == 0;

    private LaneLimit[] LimitsFor(LaneShape shape)
    {
        if (_limits.Count == 0) return [];
        var limits = new List<LaneLimit>();
        foreach (var (name, rule) in _limits)
        {
            if (rule.Match.Matches(shape) && LimitKeys.Of(rule.Key, shape) is { } key) limits.Add(new LaneLimit(name, key, LimitKeys.RankOf(rule.Key)));
        }

        return [.. limits];
    }

    private static List<KeyValuePair<string, T>> Met<T>(SortedDictionary<string, T> rules, LaneShape shape)
        where T : Resource
    {
        var met = new List<KeyValuePair<string, T>>();
        foreach (var rule in rules)
        {
            if (MatchOf(rule.Value)!.Matches(shape)) met.Add(rule);
        }

        return met;
    }

    private static TSet Intern<TSet, TRule>(Dictionary<string, TSet> sets, List<KeyValuePair<string, TRule>> rules, TSet none, Func<TRule[], TSet> create)
    {
        if (rules.Count == 0) return none;
        var key = string.Join('\n', rules.Select(r => r.Key));
        if (!sets.TryGetValue(key, out var set)) sets.Add(key, set = create([.. rules.Select(r => r.Value)]));
        return set;
    }

    private IEnumerable<RuleMatch> Matches() =>
        _weights.Values.Cast<Resource>().Concat(_routes.Values).Concat(_limits.Values).Concat(_pauses.Values).Concat(_blackholes.Values).Concat(_sheds.Values)
            .Select(r => MatchOf(r)!);

    private void Changed(string name)
    {
        Forget(_weightSets, name);
        Forget(_routeSets, name);
        _paths.Clear();
        LooksAtArgs = Matches().Any(m => m.Args.Count > 0) || _limits.Values.Any(l => l.Key.Any(p => p.From == LimitKeySource.Args));
    }

    /// <summary>Sets with a rule of this name are made anew when they are asked for.</summary>
    private static void Forget<TSet>(Dictionary<string, TSet> sets, string name)
    {
        foreach (var key in sets.Keys.Where(k => k.Split('\n').Contains(name)).ToArray()) sets.Remove(key);
    }
}
