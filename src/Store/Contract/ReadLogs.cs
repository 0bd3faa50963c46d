namespace Worcr.Store;

/// <summary>Asks for log lines of a job.</summary>
/// <param name="Seq">The job.</param>
/// <param name="Skip">How many lines to pass over.</param>
/// <param name="Limit">At most so many, 1 to 10,000.</param>
public sealed record ReadLogs(long Seq, int Skip, int Limit);
