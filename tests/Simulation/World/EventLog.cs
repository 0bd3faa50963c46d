using System.Globalization;

namespace Worcr.Simulation.World;

/// <summary>What happened: the last events to read, all of them as one hash to compare runs.</summary>
internal sealed class EventLog(Schedule schedule, TextWriter? echo)
{
    private const int Kept = 60;
    private const ulong Prime = 1_099_511_628_211;
    private readonly Queue<(long At, string What, long A, long B)> _last = new();

    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public void Add(string what, long a = 0, long b = 0)
    {
        Mix((ulong)schedule.Now);
        foreach (var letter in what) Mix(letter);
        Mix((ulong)a);
        Mix((ulong)b);
        if (_last.Count == Kept) _last.Dequeue();
        _last.Enqueue((schedule.Elapsed, what, a, b));
        echo?.WriteLine(Text((schedule.Elapsed, what, a, b)));
    }

    public IEnumerable<string> Last => _last.Select(Text);

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;

    /// <summary>Sequence numbers are shown without their namespace, which the event names where there are several.</summary>
    private static string Text((long At, string What, long A, long B) e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.At,8} ms  {e.What} {Local(e.A)} {Local(e.B)}");

    private static long Local(long value) => value < 1L << Ownership.LocalBits ? value : value & ((1L << Ownership.LocalBits) - 1);
}
