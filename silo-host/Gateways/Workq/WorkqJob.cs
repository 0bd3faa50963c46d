namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>What <c>add</c>, <c>schedule</c> and <c>run</c> say of a new job alike.</summary>
internal sealed record WorkqJob(Guid Id, string Name, long Ttr, int Priority, int MaxAttempts, int MaxFails);
