namespace Worcr.Core.Rules;

/// <summary>Where a part of a limit's key comes from, the most general first.</summary>
public enum LimitKeySource
{
    /// <summary>A constant: limits of different names never share a key, so it only names it.</summary>
    Constant,

    /// <summary>The job's type.</summary>
    Type,

    /// <summary>The job's queue label.</summary>
    Queue,

    /// <summary>The job's first tag that begins with a text.</summary>
    Tag,

    /// <summary>The job's tenant.</summary>
    Tenant,

    /// <summary>A value of the job's arguments.</summary>
    Args,
}
