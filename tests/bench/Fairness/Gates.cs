using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>The five gates of every lane, and which of them are closed for now.</summary>
internal sealed class Gates(int tenants, int shops)
{
    private const int ClosedAtOnce = 1;

    private readonly FairGate _all = new(0, "all");
    private readonly FairGate[] _types = Many(1, 4);
    private readonly FairGate[] _queues = Many(2, 4);
    private readonly FairGate[] _tenants = Many(3, tenants);
    private readonly FairGate[] _shops = Many(4, shops);
    private readonly Queue<FairGate> _closed = new();

    public FairGate[] Of(int lane, int kind) =>
        [_shops[lane % _shops.Length], _all, _types[kind % _types.Length], _queues[kind / _types.Length], _tenants[lane % _tenants.Length]];

    /// <summary>A lane was served: one of its limits is full now, and gets room again soon; the one for all, at once.</summary>
    public void Turn(int decision, int lane, int kind)
    {
        var gate = Of(lane, kind)[decision % 5];
        gate.Close();
        if (!ReferenceEquals(gate, _all)) _closed.Enqueue(gate);
        if (_closed.Count > ClosedAtOnce) _closed.Dequeue().Open();
        _all.Open();
    }

    private static FairGate[] Many(int rank, int count) => [.. Enumerable.Range(0, count).Select(i => new FairGate(rank, $"{rank}-{i}"))];
}
