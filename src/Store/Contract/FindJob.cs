namespace Worcr.Store;

/// <summary>Asks for one job by its id.</summary>
public sealed record FindJob(Ownership Ownership, Guid Id);
