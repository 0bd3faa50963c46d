namespace Worcr.Grains;

/// <summary>What can be done to many jobs.</summary>
public enum BulkAction
{
    /// <summary>Cancel jobs that are not finished.</summary>
    Cancel,

    /// <summary>Retry jobs that are dead, cancelled, expired, discarded or in retry.</summary>
    Retry,

    /// <summary>Discard jobs that are waiting.</summary>
    Discard,

    /// <summary>Give waiting jobs another weight.</summary>
    Reweigh,
}
