using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace Worcr.Grains.Events;

/// <summary>Somebody who is told of events. The dispatcher never waits for it: a slow one loses the oldest, and is told how many.</summary>
internal sealed class EventListener
{
    /// <summary>How many events may wait for a listener.</summary>
    public const int Capacity = 1_024;

    private readonly EventsRequest _request;
    private readonly Channel<DispatcherEvent> _events;
    private long _lost;

    public EventListener(EventsRequest request)
    {
        _request = request;
        Heard = MaskOf(request.Events);
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true };
        _events = Channel.CreateBounded<DispatcherEvent>(options, _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The kinds it wants, a bit each.</summary>
    public ulong Heard { get; }

    public static ulong Bit(EventKind kind) => 1UL << (int)kind;

    public bool Wants(EventKind kind, DispatcherEvent what) =>
        (Heard & Bit(kind)) != 0
        && (_request.Type is null || _request.Type == what.Type)
        && (_request.Tenant is null || _request.Tenant == what.Tenant)
        && (_request.Queue is null || _request.Queue == what.Queue);

    public void Tell(DispatcherEvent what) => _events.Writer.TryWrite(what);

    /// <summary>Nothing more will come.</summary>
    public void Complete() => _events.Writer.TryComplete();

    /// <summary>What it is told, until it is completed. One reader.</summary>
    public async IAsyncEnumerable<DispatcherEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await _events.Reader.WaitToReadAsync(cancel))
        {
            while (TryRead(out var lagged, out var next))
            {
                if (lagged is not null) yield return lagged;
                yield return next;
            }
        }
    }

    /// <summary>The next event, and before it the word of those that were lost, if any were.</summary>
    public bool TryRead(out DispatcherEvent? lagged, out DispatcherEvent next)
    {
        lagged = null;
        if (!_events.Reader.TryRead(out next!)) return false;
        var lost = Interlocked.Exchange(ref _lost, 0);
        if (lost > 0) lagged = Lagged(next, lost);
        return true;
    }

    /// <summary>Its number lies between what was read before and what follows: that of the last one that may have been lost.</summary>
    private static DispatcherEvent Lagged(DispatcherEvent next, long lost) =>
        new(next.Id - 1, next.At, EventNames.Of(EventKind.Lagged), Data: Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"lost\":{lost}}}")));

    private static ulong MaskOf(IReadOnlyList<string> patterns)
    {
        var mask = 0UL;
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            if (patterns.Count == 0 || patterns.Any(p => EventNames.Matches(p, EventNames.Of(kind)))) mask |= Bit(kind);
        }

        return mask;
    }
}
