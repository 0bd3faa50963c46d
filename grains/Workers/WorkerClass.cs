using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Grains.Lanes;

namespace Worcr.Grains.Workers;

/// <summary>All sessions that take the same types and queues and have the same tags.</summary>
internal sealed class WorkerClass(string key, RegisterRequest request)
{
    private readonly HashSet<string>? _types = request.Types.Contains("*") ? null : [.. request.Types];
    private readonly HashSet<string>? _queues = request.Queues.Count == 0 || request.Queues.Contains("*") ? null : [.. request.Queues];

    public HashSet<string> Tags { get; } = [.. request.Tags];

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

    /// <summary>What weight rules say of the class, as far as it was asked; forgotten when a rule changes.</summary>
    public Dictionary<WeightSet, double> Factors { get; } = [];

    /// <summary>Whether the class serves lanes of a kind.</summary>
    public bool Takes(LaneKind kind) => Serves(kind.Type, kind.Queue) && !kind.Routes.Prohibits(Tags);

    /// <summary>Whether its sessions take the type and the queue, routes aside.</summary>
    public bool Serves(string type, string queue) => (_types is null || _types.Contains(type)) && (_queues is null || _queues.Contains(queue));

    public double FactorFor(WeightSet weights)
    {
        if (ReferenceEquals(weights, WeightSet.None)) return 1;
        if (!Factors.TryGetValue(weights, out var factor)) Factors.Add(weights, factor = weights.FactorFor(Tags));
        return factor;
    }

    public static string KeyOf(RegisterRequest request) =>
        string.Join('\n', request.Types.Order(StringComparer.Ordinal)) + "\0"
        + string.Join('\n', request.Queues.Order(StringComparer.Ordinal)) + "\0"
        + string.Join('\n', request.Tags.Order(StringComparer.Ordinal));
}
