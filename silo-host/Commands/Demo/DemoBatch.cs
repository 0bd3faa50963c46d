using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>Some jobs of one type and tenant.</summary>
/// <param name="Tenant">On whose behalf.</param>
/// <param name="Type">The kind of work.</param>
/// <param name="Count">How many.</param>
/// <param name="Make">Makes the job of a number.</param>
public sealed record DemoBatch(string Tenant, string Type, int Count, Func<int, JobRequest> Make);
