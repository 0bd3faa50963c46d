namespace Worcr.Grains.Batches;

/// <summary>
/// Which members wait for which. A node waits until all those before it have succeeded; if one of them ends otherwise it is doomed. It is free when it was
/// made ready or cancelled, or has ended in another way.
/// </summary>
internal sealed class BatchGraph
{
    private const char Waiting = 'w';
    private const char Free = 'f';
    private const char Succeeded = 's';
    private const char Failed = 'x';

    private readonly BatchNode[] _nodes;
    private readonly char[] _standing;
    private readonly List<int>[] _next;
    private readonly Dictionary<long, int> _index = [];

    public BatchGraph(BatchNode[] nodes, string standing)
    {
        _nodes = nodes;
        _standing = standing.Length == nodes.Length ? standing.ToCharArray() : Array.ConvertAll(nodes, n => n.After.Length > 0 ? Waiting : Free);
        _next = Array.ConvertAll(nodes, _ => new List<int>());
        for (var i = 0; i < nodes.Length; i++)
        {
            _index.Add(nodes[i].Seq, i);
            foreach (var before in nodes[i].After) _next[before].Add(i);
        }
    }

    /// <summary>The stored form.</summary>
    public string Standing => new(_standing);

    public long SeqOf(int node) => _nodes[node].Seq;

    /// <summary>A member has ended; says which nodes can be decided about now.</summary>
    public IEnumerable<int> End(long seq, bool succeeded)
    {
        if (!_index.TryGetValue(seq, out var node)) return [];
        _standing[node] = succeeded ? Succeeded : Failed;
        return _next[node].Where(IsDue);
    }

    /// <summary>All nodes that can be decided about, after a restart.</summary>
    public IEnumerable<int> Due() => Enumerable.Range(0, _nodes.Length).Where(IsDue);

    /// <summary>Whether one of those it waits for has ended badly.</summary>
    public bool IsDoomed(int node) => _nodes[node].After.Any(n => _standing[n] == Failed);

    /// <summary>How many of those a member waits for have not succeeded.</summary>
    public int PendingBefore(long seq) => _index.TryGetValue(seq, out var node) ? _nodes[node].After.Count(n => _standing[n] != Succeeded) : 0;

    /// <summary>It waits no longer.</summary>
    public void Release(int node)
    {
        if (_standing[node] == Waiting) _standing[node] = Free;
    }

    private bool IsDue(int node) =>
        _standing[node] == Waiting && (IsDoomed(node) || _nodes[node].After.All(n => _standing[n] == Succeeded));
}
