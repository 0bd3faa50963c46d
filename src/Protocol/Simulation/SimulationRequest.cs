namespace Worcr.Protocol;

/// <summary>What to simulate: the body of <c>POST /v1/simulate</c>, and the file of <c>worcr simulate</c>.</summary>
public sealed record SimulationRequest
{
    /// <summary>The jobs that come.</summary>
    public IReadOnlyList<SimulatedJobsBody>? Jobs { get; init; }

    /// <summary><c>current</c>: the namespace's ready jobs and its rules, too.</summary>
    public string? Backlog { get; init; }

    /// <summary>Run times by type, as in <see cref="SimulatedJobsBody.RunTime"/>, for the jobs of the backlog; <c>*</c> is all others. Default: the mean that the dispatcher has measured.</summary>
    public IReadOnlyDictionary<string, RawJson>? RunTimes { get; init; }

    /// <summary>The workers.</summary>
    public required IReadOnlyList<SimulatedWorkersBody> Workers { get; init; }

    /// <summary>Rules, limits, shares and settings, as <c>worcr apply</c> takes them; with the backlog they come on top of the namespace's.</summary>
    public SimulationRules? Rules { get; init; }

    /// <summary>Equal scenarios with equal seeds end equally. Default: 0.</summary>
    public int? Seed { get; init; }

    /// <summary>How much time is simulated at most, up to 365d. Default: 30d.</summary>
    public Duration? Horizon { get; init; }
}
