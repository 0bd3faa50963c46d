namespace Worcr.Grains;

/// <summary>The lease; null: the job does not run, or somebody else runs it.</summary>
public sealed record HeldLeaseReply(LeaseToken? Lease);
