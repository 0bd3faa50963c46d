using Worcr.Core.Slo;

namespace Worcr.Grains;

/// <summary>How a type or a tenant keeps to its objectives. A start counts when it happens: a job that waits and is late already counts as missed when it starts.</summary>
public sealed record SloFigures
{
    /// <summary>Whether it is of a tenant; else of a type.</summary>
    public required bool IsTenant { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The share of starts that has to be in time.</summary>
    public required double Target { get; init; }

    /// <summary>Whether the error budget burns.</summary>
    public required SloAlert Alert { get; init; }

    /// <summary>Starts in the last 5 minutes, 30 minutes, hour and six hours: in the order of <see cref="SloSpan"/>.</summary>
    public required IReadOnlyList<SloWindow> Windows { get; init; }

    /// <summary>Ready jobs with an objective.</summary>
    public required long Waiting { get; init; }

    /// <summary>In how many milliseconds the first waiting job is late at the rate of now; 0: one is; null: none will be.</summary>
    public required long? MissInMs { get; init; }
}
