namespace Worcr.Store;

/// <summary>An open lease and its job (without arguments).</summary>
public sealed record OpenLease(LeaseEntry Lease, Job Job);
