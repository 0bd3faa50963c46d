using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>A violation of a type's policy.</summary>
public sealed record ViolationView
{
    /// <summary>When it was noticed, Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>What was violated.</summary>
    public required ViolationKind Kind { get; init; }

    /// <summary>By which job.</summary>
    public required Guid Job { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>On which worker.</summary>
    public required string Worker { get; init; }

    /// <summary>In which attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>What is allowed, in milliseconds.</summary>
    public required long AllowedMs { get; init; }

    /// <summary>What it is, in milliseconds: it grows until the attempt ends, or a checkpoint comes.</summary>
    public required long ActualMs { get; init; }

    /// <summary>Whether it still goes on.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>What was done about it.</summary>
    public required ViolationAction Action { get; init; }

    /// <summary>How long its worker took from the interrupt to the yield, in milliseconds; null: it was not interrupted, or did not yield (yet).</summary>
    public required long? YieldMs { get; init; }
}
