namespace Worcr.Grains;

/// <summary>Asks for log lines of a job, oldest first.</summary>
public sealed record LogsRequest(Guid Id, int Skip, int Limit);
