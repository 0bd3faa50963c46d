namespace Worcr.Grains;

/// <summary>What a queue label does.</summary>
public enum QueueState
{
    /// <summary>Its jobs are taken, and some run.</summary>
    Running,

    /// <summary>Its jobs would be taken, and none runs.</summary>
    Idle,

    /// <summary>None of its jobs is taken any more, and some still run.</summary>
    Pausing,

    /// <summary>None of its jobs is taken, and none runs.</summary>
    Paused,
}
