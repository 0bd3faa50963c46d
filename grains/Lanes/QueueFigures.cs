namespace Worcr.Grains.Lanes;

/// <summary>What is known of a queue label.</summary>
internal sealed class QueueFigures(string name)
{
    public string Name { get; } = name;

    public JobCounts Counts { get; } = new();

    /// <summary>Lanes of the queue in memory.</summary>
    public int Lanes { get; set; }

    /// <summary>Whether a pause holds all of its jobs.</summary>
    public bool IsPaused { get; set; }

    /// <summary>What listeners were told last.</summary>
    public QueueState Told { get; set; } = QueueState.Idle;

    public QueueState State => (IsPaused, Counts.Running > 0) switch
    {
        (false, true) => QueueState.Running,
        (false, false) => QueueState.Idle,
        (true, true) => QueueState.Pausing,
        (true, false) => QueueState.Paused,
    };
}
