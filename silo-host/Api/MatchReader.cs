using Worcr.Core.Matching;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api;

/// <summary>Checks a match and turns it into the core's.</summary>
internal static class MatchReader
{
    /// <summary>The match, or what is wrong with it.</summary>
    public static Fault? Read(MatchDocument document, out JobMatch match)
    {
        match = new JobMatch
        {
            Types = document.Types ?? [],
            Tenants = document.Tenants ?? [],
            Queues = document.Queues ?? [],
            AllTags = document.Job?.All ?? [],
            AnyTags = document.Job?.Any ?? [],
            NoTags = document.Job?.None ?? [],
        };
        return Check("match.types", match.Types)
            ?? Check("match.tenants", match.Tenants, nameless: true)
            ?? Check("match.queues", match.Queues)
            ?? Check("match.job.all", match.AllTags)
            ?? Check("match.job.any", match.AnyTags)
            ?? Check("match.job.none", match.NoTags);
    }

    private static Fault? Check(string path, IReadOnlyList<string?> values, bool nameless = false)
    {
        if (values.Count > WireLimits.MatchValues) return new Fault(ErrorCodes.InvalidField, $"at most {WireLimits.MatchValues} are taken", path);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value && (TextCache.IsName(value) || (nameless && value.Length == 0))) continue;
            return new Fault(ErrorCodes.InvalidField, $"must have 1 to {WireLimits.NameLength} characters, no control characters among them", $"{path}[{i}]");
        }

        return null;
    }
}
