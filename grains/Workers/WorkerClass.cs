using Worcr.Core.Fairness;
using Worcr.Grains.Lanes;

namespace Worcr.Grains.Workers;

/// <summary>All sessions that take the same types and queues and have the same tags.</summary>
internal sealed class WorkerClass(string key, RegisterRequest request)
{
    private readonly HashSet<string>? _types = request.Types.Contains("*") ? null : [.. request.Types];
    private readonly HashSet<string>? _queues = request.Queues.Count == 0 || request.Queues.Contains("*") ? null : [.. request.Queues];

    public string Key { get; } = key;

    public FairClass Lanes { get; set; } = null!;

    /// <summary>Sessions of the class that are not closed.</summary>
    public int Sessions { get; set; }

    /// <summary>Sessions that may have room, in turn.</summary>
    public Queue<Session> Line { get; } = new();

    /// <summary>Forgets closed sessions in the line when they are many: polls come and go while there is no job to serve.</summary>
    public void TrimLine()
    {
        if (Line.Count <= (2 * Sessions) + 16) return;
        for (var left = Line.Count; left > 0; left--)
        {
            if (Line.Dequeue() is { State: not SessionState.Closed } session) Line.Enqueue(session);
        }
    }

    /// <summary>Whether the class serves lanes of a <see cref="LaneKind"/>.</summary>
    public bool Takes(object kind)
    {
        var (type, queue) = (LaneKind)kind;
        return (_types is null || _types.Contains(type)) && (_queues is null || _queues.Contains(queue));
    }

    public static string KeyOf(RegisterRequest request) =>
        string.Join('\n', request.Types.Order(StringComparer.Ordinal)) + "\0"
        + string.Join('\n', request.Queues.Order(StringComparer.Ordinal)) + "\0"
        + string.Join('\n', request.Tags.Order(StringComparer.Ordinal));
}
