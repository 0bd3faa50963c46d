namespace Worcr.Simulation.World;

/// <summary>Virtual time: what happens when, one thing after the other.</summary>
internal sealed class Schedule
{
    private const long Start = 1_750_000_000_000;
    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private long _number;

    public long Now { get; private set; } = Start;

    public long Elapsed => Now - Start;

    public long Steps { get; private set; }

    public void In(long ms, Action happens) => _events.Enqueue(happens, (Now + Math.Max(0, ms), ++_number));

    /// <summary>Lets the next thing happen; false when nothing is left.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out var happens, out var key)) return false;
        Now = key.At;
        Steps++;
        happens();
        return true;
    }
}
