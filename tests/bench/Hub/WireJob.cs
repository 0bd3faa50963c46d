using Worcr.Protocol;

namespace Worcr.HubBench;

/// <summary>A job as an ordinary serialiser sees it.</summary>
internal sealed record WireJob(Guid Id, string Lease, string Type, RawJson Args, string Tenant, string Queue, string[] Tags, int Attempt, string Timeout);
