using Worcr.Core.Matching;
using Worcr.Protocol;

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
        return FieldChecks.Names("match.types", match.Types)
            ?? FieldChecks.Names("match.tenants", match.Tenants, nameless: true)
            ?? FieldChecks.Names("match.queues", match.Queues)
            ?? FieldChecks.Names("match.job.all", match.AllTags)
            ?? FieldChecks.Names("match.job.any", match.AnyTags)
            ?? FieldChecks.Names("match.job.none", match.NoTags);
    }
}
