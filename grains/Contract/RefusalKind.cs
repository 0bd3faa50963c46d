namespace Worcr.Grains;

/// <summary>The kinds of refusals; the gateways map each to their protocol's error.</summary>
public enum RefusalKind
{
    /// <summary>No such job, session or resource.</summary>
    NotFound,

    /// <summary>A unique key is taken and the policy says to refuse.</summary>
    UniqueConflict,

    /// <summary>The job's state does not allow it.</summary>
    IllegalTransition,

    /// <summary>A value that only the dispatcher can judge is wrong.</summary>
    Invalid,

    /// <summary>More than a bound allows.</summary>
    TooLarge,

    /// <summary>At capacity: try later.</summary>
    Overloaded,

    /// <summary>The silo is draining.</summary>
    Draining,

    /// <summary>An operator ended the worker.</summary>
    Ended,
}
