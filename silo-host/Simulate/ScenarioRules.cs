using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Api.Resources;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Simulate;

/// <summary>The rules of a scenario: read as the API reads them, with the same bounds.</summary>
internal sealed class ScenarioRules(long startAt)
{
    private const int MaxRules = 1_000;
    private const int MaxNamed = 100_000;

    private readonly SimulatedTime _time = new(startAt);
    private readonly SortedDictionary<(ResourceKind Kind, string Name), Resource> _all = [];

    /// <summary>All rules, by kind and name.</summary>
    public IReadOnlyList<KeyValuePair<string, Resource>> All => [.. _all.Select(r => KeyValuePair.Create(r.Key.Name, r.Value))];

    /// <summary>Takes one in, in place of one of its name.</summary>
    public void Put(string name, Resource rule) => _all[(rule.Kind, name)] = rule;

    /// <summary>Takes a document in; what is wrong with it has a path below <c>rules</c>.</summary>
    public Fault? Read(SimulationRules? rules)
    {
        if (rules is null) return null;
        return Read("weights", rules.Weights, new WeightResources(), MaxRules)
            ?? Read("routes", rules.Routes, new RouteResources(), MaxRules)
            ?? Read("limits", rules.Limits, new LimitResources(), MaxRules)
            ?? Read("tenants", rules.Tenants, new TenantResources(), MaxNamed)
            ?? Read("types", rules.Types, new TypeResources(), MaxNamed)
            ?? Read("pauses", rules.Pauses, new PauseResources(_time), MaxRules)
            ?? Read("blackholes", rules.Blackholes, new BlackholeResources(_time), MaxRules)
            ?? Read("sheds", rules.Sheds, new ShedResources(_time), MaxRules)
            ?? (rules.Settings is { } settings ? ReadOne("settings", NamespaceRule.Name, settings, new SettingsResources(new SiloOptions())) : null);
    }

    private Fault? Read<TBody>(string section, IReadOnlyDictionary<string, TBody>? bodies, ResourceDescription description, int most)
        where TBody : class
    {
        if (bodies is null) return null;
        if (bodies.Count > most) return FieldChecks.Invalid($"rules.{section}", $"at most {most} are taken");
        foreach (var (name, body) in bodies)
        {
            if ((PathName.Check(name) is not null ? FieldChecks.Invalid($"rules.{section}", FieldChecks.NameRule) : ReadOne($"{section}.{name}", name, body, description)) is { } fault) return fault;
        }

        return null;
    }

    private Fault? ReadOne(string path, string name, object? body, ResourceDescription description)
    {
        if (body is null) return FieldChecks.Invalid($"rules.{path}", "must be an object");
        if (description.Read(body, out var rule) is { } fault) return fault with { Path = fault.Path is null ? $"rules.{path}" : $"rules.{path}.{fault.Path}" };
        Put(name, rule!);
        return null;
    }
}
