namespace Worcr.Core.Slo;

/// <summary>The windows over which an objective is judged.</summary>
public enum SloSpan
{
    /// <summary>5 minutes.</summary>
    FiveMinutes,

    /// <summary>30 minutes.</summary>
    HalfHour,

    /// <summary>1 hour.</summary>
    Hour,

    /// <summary>6 hours.</summary>
    SixHours,
}
