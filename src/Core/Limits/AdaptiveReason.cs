namespace Worcr.Core.Limits;

/// <summary>Why an adaptive limit changed.</summary>
public enum AdaptiveReason
{
    /// <summary>All went well while it was in use.</summary>
    Raised,

    /// <summary>A job failed with a declared code.</summary>
    Errors,

    /// <summary>Run times got longer.</summary>
    Slow,

    /// <summary>An operator moved its bounds.</summary>
    Edited,
}
