namespace Worcr.Grains;

/// <summary>What can be asked of one job.</summary>
public enum ControlAction
{
    /// <summary>Cancel it; a running one's worker is told, and its lease ends at once.</summary>
    Cancel,

    /// <summary>Run it again: a finished one lives again with fresh attempts, one in retry becomes ready now.</summary>
    Retry,

    /// <summary>Ask its worker to yield.</summary>
    Interrupt,
}
