namespace Worcr.EndToEnd.Workers;

/// <summary>Arguments of the jobs that the SDK's handlers do.</summary>
public sealed record NumberArgs(int N);
