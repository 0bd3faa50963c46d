namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>What a body held: jobs, or what is wrong with it.</summary>
/// <param name="Jobs">The jobs, in order; empty when there is a fault.</param>
/// <param name="Many">Whether they came as an array or as lines, and so are answered with an array.</param>
/// <param name="Fault">What is wrong, or null.</param>
internal readonly record struct ParsedJobs(IReadOnlyList<Job> Jobs, bool Many, Fault? Fault)
{
    /// <summary>Nothing, because of a fault.</summary>
    public static ParsedJobs Failed(Fault fault) => new([], false, fault);
}
