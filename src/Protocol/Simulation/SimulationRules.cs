namespace Worcr.Protocol;

/// <summary>What operators say, by kind and name: the document of <c>worcr export</c>.</summary>
public sealed record SimulationRules
{
    /// <summary>Weights.</summary>
    public IReadOnlyDictionary<string, WeightBody>? Weights { get; init; }

    /// <summary>Routes.</summary>
    public IReadOnlyDictionary<string, RouteBody>? Routes { get; init; }

    /// <summary>Limits.</summary>
    public IReadOnlyDictionary<string, LimitBody>? Limits { get; init; }

    /// <summary>Schedules: passed over, a simulation has the jobs that it is given.</summary>
    public IReadOnlyDictionary<string, ScheduleBody>? Schedules { get; init; }

    /// <summary>Tenants.</summary>
    public IReadOnlyDictionary<string, TenantBody>? Tenants { get; init; }

    /// <summary>Types.</summary>
    public IReadOnlyDictionary<string, TypeBody>? Types { get; init; }

    /// <summary>Pauses.</summary>
    public IReadOnlyDictionary<string, PauseBody>? Pauses { get; init; }

    /// <summary>Blackholes.</summary>
    public IReadOnlyDictionary<string, BlackholeBody>? Blackholes { get; init; }

    /// <summary>Sheds.</summary>
    public IReadOnlyDictionary<string, ShedBody>? Sheds { get; init; }

    /// <summary>Settings.</summary>
    public SettingsBody? Settings { get; init; }
}
