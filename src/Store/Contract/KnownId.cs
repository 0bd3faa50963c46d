namespace Worcr.Store;

/// <summary>A client-given id that is in use, with the stored state of its job (a leased job is stored as ready).</summary>
public readonly record struct KnownId(Guid Id, long Seq, JobState State);
