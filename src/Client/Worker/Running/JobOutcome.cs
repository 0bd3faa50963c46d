namespace Worcr.Client.Running;

/// <summary>How an attempt can end.</summary>
internal enum JobOutcome
{
    Complete,
    Fail,
    Yield,
}
