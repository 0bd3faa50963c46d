using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Simulate;

/// <summary>Reads the jobs of one kind.</summary>
internal static class ScenarioJobs
{
    private const double MaxRate = 1e6;

    /// <summary>The jobs, or what is wrong with them.</summary>
    public static Fault? Read(string path, SimulatedJobsBody body, out SimulatedJobs? jobs)
    {
        jobs = null;
        var runTime = default(RunTime);
        var fault = CheckShape(path, body) ?? CheckNumbers(path, body) ?? RunTimes.Read($"{path}.runTime", body.RunTime, out runTime);
        if (fault is not null) return fault;
        jobs = new SimulatedJobs
        {
            Shape = ShapeOf(body),
            Count = body.Count,
            RunTime = runTime,
            Rate = body.Rate ?? 0,
            StartMs = body.Start?.Milliseconds ?? 0,
            Priority = body.Priority ?? 0,
            Args = body.Args?.Utf8.ToArray() ?? "{}"u8.ToArray(),
            Options = body.Timeout is { } timeout ? JobOptions.Default with { TimeoutMs = timeout.Milliseconds } : JobOptions.Default,
            Given = GivenOf(body),
            FailRate = body.FailRate ?? 0,
        };
        return null;
    }

    private static LaneShape ShapeOf(SimulatedJobsBody body) => new(
        body.Type, body.Tenant ?? "", body.Queue ?? "default", body.Tags is null ? [] : [.. body.Tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        body.Weight ?? 1, body.Slo?.Milliseconds ?? 0, body.OrderKey);

    private static JobGiven GivenOf(SimulatedJobsBody body) =>
        If(body.Timeout is not null, JobGiven.Timeout) | If(body.Slo is not null, JobGiven.Slo) | If(body.Weight is not null, JobGiven.Weight)
        | If(body.Queue is not null, JobGiven.Queue) | If(body.Priority is not null, JobGiven.Priority) | If(body.Tags is not null, JobGiven.Tags);

    private static JobGiven If(bool given, JobGiven what) => given ? what : JobGiven.None;

    private static Fault? CheckShape(string path, SimulatedJobsBody body) =>
        FieldChecks.Name($"{path}.type", body.Type)
        ?? (body.Tenant is { Length: > 0 } tenant ? FieldChecks.Name($"{path}.tenant", tenant) : null)
        ?? FieldChecks.Name($"{path}.queue", body.Queue)
        ?? FieldChecks.Names($"{path}.tags", body.Tags, WireLimits.Tags)
        ?? FieldChecks.Name($"{path}.orderKey", body.OrderKey);

    private static Fault? CheckNumbers(string path, SimulatedJobsBody body) =>
        FieldChecks.Whole($"{path}.count", body.Count, 1, Scenario.MaxJobs)
        ?? (body.Rate is { } rate && !(rate > 0 && rate <= MaxRate) ? FieldChecks.Invalid($"{path}.rate", "must be above 0, and at most 1000000") : null)
        ?? FieldChecks.Range($"{path}.weight", body.Weight, WireLimits.MinWeight, WireLimits.MaxWeight)
        ?? FieldChecks.Range($"{path}.failRate", body.FailRate, 0, 1)
        ?? FieldChecks.Longer($"{path}.slo", body.Slo)
        ?? FieldChecks.Longer($"{path}.timeout", body.Timeout);
}
