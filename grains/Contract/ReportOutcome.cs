namespace Worcr.Grains;

/// <summary>How an attempt can end.</summary>
public enum ReportOutcome
{
    /// <summary>Done.</summary>
    Complete,

    /// <summary>Failed.</summary>
    Fail,

    /// <summary>Given back unfinished; not a failure.</summary>
    Yield,
}
