namespace Worcr.Core.Rules;

/// <summary>
/// All rules of a namespace that decide about waiting jobs, by name, and what they say of a lane. A lane's part is computed once and again only
/// when a rule that met it changes: asking costs O(rules), a change O(lanes).
/// </summary>
public sealed class RuleSet
{
    /// <summary>For how many shapes the paths are remembered: they are asked for with every new job.</summary>
    private const int MaxPaths = 10_000;

    private readonly RuleList<WeightRule> _weights = new();
    private readonly RuleList<RouteRule> _routes = new();
    private readonly RuleList<LimitRule> _limits = new();
    private readonly RuleList<PauseRule> _pauses = new();
    private readonly RuleList<BlackholeRule> _blackholes = new();
    private readonly RuleList<ShedRule> _sheds = new();
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
            case WeightRule weight: _weights.Put(name, weight, weight.Match); break;
            case RouteRule route: _routes.Put(name, route, route.Match); break;
            case LimitRule { Use: LimitUse.Job } limit: _limits.Put(name, limit, limit.Match); break;
            case LimitRule: _limits.Remove(name); break;
            case PauseRule pause: _pauses.Put(name, pause, pause.Match); break;
            case BlackholeRule blackhole: _blackholes.Put(name, blackhole, blackhole.Match); break;
            case ShedRule shed: _sheds.Put(name, shed, shed.Match); break;
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

    /// <summary>Whether what a rule says of a lane may depend on it, whatever the arguments of its jobs.</summary>
    public static bool Concerns(Resource? rule, LaneShape shape) =>
        MatchOf(rule)?.Job.Matches(shape) == true || rule is ShedRule { Of: { } of } && of.Job.Matches(shape);

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

        foreach (var (_, rule, match) in _limits.All)
        {
            if (match.Job.Matches(shape)) paths.UnionWith(rule.Key.Where(p => p.From == LimitKeySource.Args).Select(p => p.Text));
        }

        return [.. paths];
    }

    /// <summary>What the rules say of a lane.</summary>
    public LaneRules For(LaneShape shape) => IsEmpty ? LaneRules.None : new(
        Intern(_weightSets, _weights, shape, WeightSet.None, rules => new WeightSet(rules)),
        Intern(_routeSets, _routes, shape, RouteSet.None, rules => new RouteSet(rules)),
        LimitsFor(shape),
        _pauses.NamesFor(shape),
        _blackholes.NamesFor(shape).FirstOrDefault(),
        _sheds.NamesFor(shape),
        ShedCountsFor(shape));

    private bool IsEmpty => _weights.Count + _routes.Count + _limits.Count + _pauses.Count + _blackholes.Count + _sheds.Count == 0;

    private string[] ShedCountsFor(LaneShape shape)
    {
        if (_sheds.Count == 0) return [];
        var names = new List<string>(_sheds.Count);
        foreach (var (name, rule, _) in _sheds.All)
        {
            if (rule.Counts(shape)) names.Add(name);
        }

        return [.. names];
    }

    private LaneLimit[] LimitsFor(LaneShape shape)
    {
        if (_limits.Count == 0) return [];
        var limits = new List<LaneLimit>(_limits.Count);
        foreach (var (name, rule, match) in _limits.All)
        {
            if (match.Matches(shape) && LimitKeys.Of(rule.Key, shape) is { } key) limits.Add(new LaneLimit(name, key, LimitKeys.RankOf(rule.Key)));
        }

        return [.. limits];
    }

    private static TSet Intern<TSet, TRule>(Dictionary<string, TSet> sets, RuleList<TRule> rules, LaneShape shape, TSet none, Func<TRule[], TSet> create)
        where TRule : Resource
    {
        var names = rules.NamesFor(shape);
        if (names.Length == 0) return none;
        var key = string.Join('\n', names);
        if (!sets.TryGetValue(key, out var set)) sets.Add(key, set = create(Array.ConvertAll(names, rules.Get)));
        return set;
    }

    private IEnumerable<RuleMatch> Matches() =>
        _weights.Matches.Concat(_routes.Matches).Concat(_limits.Matches).Concat(_pauses.Matches).Concat(_blackholes.Matches).Concat(_sheds.Matches)
            .Concat(_sheds.Rules.Select(r => r.Of).OfType<RuleMatch>());

    private void Changed(string name)
    {
        Forget(_weightSets, name);
        Forget(_routeSets, name);
        _paths.Clear();
        LooksAtArgs = Matches().Any(m => m.Args.Count > 0) || _limits.Rules.Any(r => r.Key.Any(p => p.From == LimitKeySource.Args));
    }

    /// <summary>Sets with a rule of this name are made anew when they are asked for.</summary>
    private static void Forget<TSet>(Dictionary<string, TSet> sets, string name)
    {
        foreach (var key in sets.Keys.Where(k => k.Split('\n').Contains(name)).ToArray()) sets.Remove(key);
    }
}
