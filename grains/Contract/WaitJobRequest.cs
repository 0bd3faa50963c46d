namespace Worcr.Grains;

/// <summary>Asks to be answered when a job is finished, at the latest after <paramref name="WaitMs"/> milliseconds.</summary>
public sealed record WaitJobRequest(Guid Id, long WaitMs);
