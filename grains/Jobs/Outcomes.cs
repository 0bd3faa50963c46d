namespace Worcr.Grains.Jobs;

/// <summary>How an attempt ended, as the history of attempts names it; also the codes of errors that are ours.</summary>
internal static class Outcomes
{
    public const string Complete = "complete";
    public const string Cancel = "cancel";
    public const string Fail = "fail";
    public const string Yield = "yield";
    public const string Timeout = "timeout";
    public const string Lost = "lost";
}
