using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The job of a schedule: read as the body of <c>POST /v1/jobs</c> is, with the same bounds.</summary>
internal static class JobTemplate
{
    private const string Root = "job";

    /// <summary>Reads it; faults have paths below <c>job</c>.</summary>
    /// <param name="body">Well-formed JSON.</param>
    /// <param name="caches">Shared by all.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static ParsedJobs Parse(ReadOnlySpan<byte> body, ParseCaches caches, long now)
    {
        var parser = new JobParser(body, WireLimits.Depth, caches, now);
        try
        {
            parser.Advance();
            return parser.ReadTemplate() is { } job ? new ParsedJobs([job], false, null) : ParsedJobs.Failed(Below(parser.Fault!));
        }
        catch (JsonException)
        {
            return ParsedJobs.Failed(FieldChecks.Invalid(Root, $"nests deeper than {WireLimits.Depth} levels"));
        }
    }

    private static Fault Below(Fault fault) => fault with { Path = string.IsNullOrEmpty(fault.Path) ? Root : $"{Root}.{fault.Path}" };
}
