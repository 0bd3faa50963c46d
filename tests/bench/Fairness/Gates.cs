using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>The five gates of every lane, and which of them are closed for now.</summary>
internal sealed class Gates(int tenants, int shops)
{
    private const int ClosedAtOnce = 4;

    private readonly FairGate _all = new(0, "all");
    private readonly FairGate[] _types = Many(1, 8);
    private readonly FairGate[] _queues = Many(2, 2);
    private readonly FairGate[] _tenants = Many(3, tenants);
    private readonly FairGate[] _shops = Many(4, shops);
    private readonly Queue<FairGate> _closed = new();
    private readonly Random _chance = new(1);

    public FairGate[] Of(int lane, int kind) =>
        [_shops[lane % _shops.Length], _all, _types[kind % _types.Length], _queues[kind / _types.Length], _tenants[lane % _tenants.Length]];

    /// <summary>A limit of each sort fills up and gets room again: mostly special ones; the one for all closes only for a moment.</summary>
    public void Turn(int decision)
    {
        if (decision % 16 == 0)
        {
            _all.Close();
            _all.Open();
            return;
        }

        var gates = (decision % 8) switch
        {
            1 => _types,
            2 or 3 => _queues[..1],
            4 or 5 => _shops,
            _ => _tenants,
        };
        var gate = gates[_chance.Next(gates.Length)];
        gate.Close();
        _closed.Enqueue(gate);
        if (_closed.Count > ClosedAtOnce) _closed.Dequeue().Open();
    }

    private static FairGate[] Many(int rank, int count) => [.. Enumerable.Range(0, count).Select(i => new FairGate(rank, $"{rank}-{i}"))];
}
