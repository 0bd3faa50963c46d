namespace Worcr.Core.Limits;

/// <summary>The kinds of limits.</summary>
public enum LimitKind
{
    /// <summary>So many at once.</summary>
    Concurrency,

    /// <summary>So many in each period; periods follow each other from the Unix epoch on.</summary>
    FixedWindow,

    /// <summary>So many in any period, wherever it begins.</summary>
    SlidingWindow,

    /// <summary>Evenly so many a period, and up to <see cref="LimitSpec.Burst"/> at once after a pause.</summary>
    TokenBucket,
}
