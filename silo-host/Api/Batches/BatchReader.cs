using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Batches;

/// <summary>From the body of <c>POST /v1/batches</c> to what the dispatcher takes.</summary>
internal sealed class BatchReader(ParseCaches caches, long now)
{
    private delegate Job? JobReader(ref JobParser parser);

    /// <summary>The request, or what is wrong with the body.</summary>
    public Fault? Read(Worcr.Protocol.BatchRequest body, out Worcr.Grains.BatchRequest.Create? request)
    {
        request = null;
        var jobs = body.Jobs ?? [];
        if (FieldChecks.Name("name", body.Name) is { } badName) return badName;
        if (body.Id == Guid.Empty) return FieldChecks.Invalid("id", "must not be the nil UUID");
        if (jobs.Count > WireLimits.JobsPerRequest) return new Fault(ErrorCodes.TooLarge, $"A request has at most {WireLimits.JobsPerRequest} jobs.");
        if (jobs.Count == 0 && body.Open is not true) return FieldChecks.Invalid("jobs", "must not be empty unless the batch is open");
        if (ReadJobs(jobs, out var parsed, out var members) is { } badJob) return badJob;
        var fault = BatchOrder.Read(members, out var after) ?? Callback("onSuccess", body.OnSuccess) ?? Callback("onFailure", body.OnFailure) ?? Callback("onComplete", body.OnComplete);
        if (fault is not null) return fault;
        request = new Worcr.Grains.BatchRequest.Create(body.Id ?? Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(now)), body.Name, body.Open ?? false, parsed)
        {
            After = after,
            OnSuccess = body.OnSuccess?.Utf8.ToArray(),
            OnFailure = body.OnFailure?.Utf8.ToArray(),
            OnComplete = body.OnComplete?.Utf8.ToArray(),
        };
        return null;
    }

    private Fault? ReadJobs(IReadOnlyList<RawJson> jobs, out List<Job> parsed, out List<BatchMember> members)
    {
        (parsed, members) = ([], []);
        for (var i = 0; i < jobs.Count; i++)
        {
            var path = $"jobs[{i}]";
            if (Parse(path, jobs[i], static (ref JobParser p) => p.ReadMember(), out var job) is { } fault) return fault;
            if (BatchMember.Read(jobs[i].Utf8, out var wrong) is not { } member || wrong is not null) return wrong! with { Path = $"{path}.{wrong!.Path}" };
            if (member.After.Count > 0 && job!.DueAt > 0) return FieldChecks.Invalid($"{path}.after", "cannot be given together with runAt or delay");
            parsed.Add(job!);
            members.Add(member);
        }

        return null;
    }

    private Fault? Callback(string path, RawJson? template) =>
        template is { } given ? Parse(path, given, static (ref JobParser p) => p.ReadCallback(), out _) : null;

    private Fault? Parse(string path, RawJson json, JobReader read, out Job? job)
    {
        job = null;
        var parser = new JobParser(json.Utf8.Span, WireLimits.Depth, caches, now);
        try
        {
            parser.Advance();
            job = read(ref parser);
        }
        catch (JsonException)
        {
            return FieldChecks.Invalid(path, $"nests deeper than {WireLimits.Depth} levels");
        }

        if (job is not null) return null;
        var fault = parser.Fault!;
        return fault with { Path = string.IsNullOrEmpty(fault.Path) ? path : $"{path}.{fault.Path}" };
    }
}
