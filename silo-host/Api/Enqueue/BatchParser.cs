using System.Text.Json;
using System.Text.Unicode;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>Reads a body: one job, an array of jobs, or one job a line. All or nothing.</summary>
internal static class BatchParser
{
    private const int FirstCapacity = 64;

    /// <summary>Reads <c>application/json</c>.</summary>
    public static ParsedJobs Parse(ReadOnlySpan<byte> body, ParseCaches caches, long now)
    {
        if (Check(body) is { } fault) return ParsedJobs.Failed(fault);
        var many = body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        var jobs = new List<Job>(many ? FirstCapacity : 1);
        var parser = new JobParser(body, many ? WireLimits.Depth + 1 : WireLimits.Depth, caches, now);
        try
        {
            parser.Advance();
            if (many) ReadArray(ref parser, jobs);
            else if (parser.Read() is { } job) jobs.Add(job);
            if (parser.Fault is null) parser.Advance();
        }
        catch (JsonException error)
        {
            return ParsedJobs.Failed(Malformed(error, many ? jobs.Count : -1));
        }

        if (parser.Fault is { } found) return ParsedJobs.Failed(many ? At(jobs.Count, found) : found);
        return jobs.Count == 0 ? ParsedJobs.Failed(Nothing) : new ParsedJobs(jobs, many, null);
    }

    /// <summary>Reads <c>application/x-ndjson</c>; blank lines are skipped.</summary>
    public static ParsedJobs ParseLines(ReadOnlySpan<byte> body, ParseCaches caches, long now)
    {
        if (Check(body) is { } fault) return ParsedJobs.Failed(fault);
        var jobs = new List<Job>(FirstCapacity);
        try
        {
            foreach (var range in body.Split((byte)'\n'))
            {
                var line = body[range].Trim(" \t\r"u8);
                if (line.IsEmpty) continue;
                var parser = new JobParser(line, WireLimits.Depth, caches, now);
                parser.Advance();
                var job = parser.Read();
                if (parser.Fault is { } found) return ParsedJobs.Failed(At(jobs.Count, found));
                parser.Advance();
                if (jobs.Count == WireLimits.JobsPerRequest) return ParsedJobs.Failed(TooMany);
                jobs.Add(job!);
            }
        }
        catch (JsonException error)
        {
            return ParsedJobs.Failed(Malformed(error, jobs.Count));
        }

        return jobs.Count == 0 ? ParsedJobs.Failed(Nothing) : new ParsedJobs(jobs, true, null);
    }

    private static Fault TooMany => new(ErrorCodes.TooLarge, $"A request has at most {WireLimits.JobsPerRequest} jobs.");

    private static Fault Nothing => new(ErrorCodes.InvalidJson, "The body holds no job.");

    private static void ReadArray(ref JobParser parser, List<Job> jobs)
    {
        while (parser.Advance() && parser.Token != JsonTokenType.EndArray)
        {
            if (jobs.Count == WireLimits.JobsPerRequest)
            {
                parser.Refuse(TooMany);
                return;
            }

            if (parser.Read() is not { } job) return;
            jobs.Add(job);
        }
    }

    private static Fault? Check(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return new Fault(ErrorCodes.InvalidJson, "The body is empty.");
        return Utf8.IsValid(body) ? null : new Fault(ErrorCodes.InvalidJson, "The body is not valid UTF-8.");
    }

    private static Fault Malformed(JsonException error, int job)
    {
        var text = error.Message;
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var where = job < 0 ? "" : $"Job {job}: ";
        return new Fault(ErrorCodes.InvalidJson, $"{where}line {error.LineNumber + 1}, byte {error.BytePositionInLine}: {(end > 0 ? text[..end] : text)}");
    }

    private static Fault At(int index, Fault fault) => fault.Path switch
    {
        null => fault,
        "" => fault with { Path = $"[{index}]" },
        var path => fault with { Path = $"[{index}].{path}" },
    };
}
