namespace Worcr.Core.Rules;

/// <summary>Who acquires a limit.</summary>
public enum LimitUse
{
    /// <summary>The dispatcher, when it leases a job.</summary>
    Job,

    /// <summary>A worker, while it runs a job.</summary>
    Worker,
}
