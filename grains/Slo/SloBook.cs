using System.Diagnostics.CodeAnalysis;

namespace Worcr.Grains.Slo;

/// <summary>The types and tenants whose jobs have objectives, at most so many: the one that was not used for longest is forgotten.</summary>
internal sealed class SloBook(int most)
{
    private readonly Dictionary<(SloScope Scope, string Name), LinkedListNode<SloKey>> _keys = [];
    private readonly LinkedList<SloKey> _byUse = new();

    public IReadOnlyCollection<SloKey> Keys => _byUse;

    public bool TryGet(SloScope scope, string name, [MaybeNullWhen(false)] out SloKey key)
    {
        key = _keys.TryGetValue((scope, name), out var node) ? node.Value : null;
        return key is not null;
    }

    /// <summary>A key that is about to be used; another one may have to go for it.</summary>
    public SloKey Use(SloScope scope, string name, Func<string, double> targetOf, out SloKey? forgotten)
    {
        forgotten = null;
        if (_keys.TryGetValue((scope, name), out var node))
        {
            if (ReferenceEquals(_byUse.First, node)) return node.Value;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }

        if (_keys.Count >= most)
        {
            forgotten = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _keys.Remove((forgotten.Scope, forgotten.Name));
        }

        node = _byUse.AddFirst(new SloKey(scope, name, targetOf(name)));
        _keys.Add((scope, name), node);
        return node.Value;
    }
}
