namespace Worcr.Core.Overload;

/// <summary>
/// Decides which new jobs are admitted while there is too much to do: the lightest are turned away first, as many as it takes and no more.
/// <code>
///   delay of each message --minimum of an interval--> overloaded? --> level --> a request below the level is turned away
/// </code>
/// Overload is what CoDel calls a standing queue (K. Nichols, V. Jacobson, 2012): the least delay of a whole interval is above the target; a burst that is
/// worked off is none. The level moves as in DAGOR (H. Zhou et al., "Overload Control for Scaling WeChat Microservices", SoCC 2018): over a histogram of what came
/// lately, so that 5 % fewer jobs are admitted after an interval of overload, and 1 % more after one without it (2 % after the second, and so on). Equal weights are told
/// apart by a number drawn for each request, so that jobs of one weight are thinned out, not switched on and off. Time and chance are arguments.
/// </summary>
/// <param name="options">When it acts.</param>
public sealed class AdmissionController(AdmissionOptions options)
{
    private const double Less = 0.05;
    private const double More = 0.01;

    /// <summary>What came in the last interval counts fully, the one before so much, and so on.</summary>
    private const float Memory = 0.7f;

    /// <summary>After so many calm intervals with everything admitted the histogram is dropped.</summary>
    private const int Calm = 20;

    private float[]? _recent;
    private long _startedAt;
    private long _least = long.MaxValue;
    private int _level;
    private int _calm;

    /// <summary>Whether it looks at new jobs: overload has been seen lately.</summary>
    public bool IsWatching => _recent is not null;

    /// <summary>The least delay of the last interval, in milliseconds.</summary>
    public long DelayMs { get; private set; }

    /// <summary>Jobs it turned away.</summary>
    public long Rejected { get; private set; }

    /// <summary>From 0 (nothing waits) to 1 (at capacity: new jobs are turned away, or are about to be).</summary>
    public double Load => _level > 0 ? 1 : Math.Min(1, DelayMs / (double)options.TargetMs);

    /// <summary>Jobs that are lighter are turned away, and a part of those that are about as heavy; 0: none.</summary>
    public double Level => _level == 0 ? 0 : AdmissionScale.WeightOf(_level);

    /// <summary>A message was handled.</summary>
    /// <param name="ms">How long it waited before, in milliseconds.</param>
    /// <param name="ahead">How many messages it found waiting when it came. Few callers that each wait for their answer are slow, not many: as CoDel never acts on less than a packet, a short queue counts as none.</param>
    public void Waited(long ms, int ahead) => _least = Math.Min(_least, ahead < options.Few ? 0 : Math.Max(0, ms));

    /// <summary>Time passes; at the end of an interval the level moves.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="flushMs">The age of the oldest flush under way, in milliseconds; 0: there is none.</param>
    /// <param name="isBlocked">Whether messages wait because the store does not keep up: then that none was handled says nothing.</param>
    public void Advance(long now, long flushMs, bool isBlocked)
    {
        var intervals = (now - _startedAt) / options.IntervalMs;
        if (intervals == 0) return;
        var measured = _least < long.MaxValue ? _least : isBlocked ? DelayMs : 0;
        DelayMs = flushMs >= options.StallMs ? Math.Max(flushMs, measured) : measured;
        var steps = _startedAt == 0 ? 1 : Math.Min(intervals, 2 * Calm);
        for (var step = 0; step < steps; step++)
        {
            if (step > 0 && !isBlocked && flushMs < options.StallMs) DelayMs = 0;
            Move();
        }

        _startedAt = now;
        _least = long.MaxValue;
    }

    /// <summary>Whether a request is admitted, all of it or nothing.</summary>
    /// <param name="weight">The effective weight of its lightest job.</param>
    /// <param name="draw">A number drawn for it, from 0 to 1.</param>
    /// <param name="jobs">How many jobs it has.</param>
    public bool Admits(double weight, double draw, int jobs)
    {
        if (_recent is null) return true;
        var place = AdmissionScale.PlaceOf(weight, draw);
        _recent[place] += jobs;
        if (place >= _level) return true;
        Rejected += jobs;
        return false;
    }

    private void Move()
    {
        if (DelayMs > options.TargetMs)
        {
            _calm = 0;
            if (_recent is null) _recent = new float[AdmissionScale.Places];
            else Raise(_recent);
        }
        else if (_recent is not null)
        {
            Lower(_recent, ++_calm * More);
            if (_level == 0 && _calm >= Calm) Forget();
        }

        Fade();
    }

    /// <summary>Never above the heaviest that came lately: something is admitted always.</summary>
    private void Raise(float[] recent)
    {
        var heaviest = Array.FindLastIndex(recent, count => count > 0);
        var less = Less * Sum(recent, _level);
        for (var cut = 0f; _level < heaviest && cut < less; _level++) cut += recent[_level];
    }

    private void Lower(float[] recent, double share)
    {
        var more = share * Sum(recent, _level);
        for (var added = 0f; _level > 0 && added <= more; _level--) added += recent[_level - 1];
        if (Array.FindIndex(recent, count => count > 0) is var lightest && (lightest < 0 || lightest >= _level)) _level = 0;
    }

    private static double Sum(float[] recent, int from)
    {
        var sum = 0.0;
        for (var i = from; i < recent.Length; i++) sum += recent[i];
        return sum;
    }

    private void Fade()
    {
        if (_recent is null) return;
        for (var i = 0; i < _recent.Length; i++) _recent[i] = _recent[i] < 0.01f ? 0 : _recent[i] * Memory;
    }

    private void Forget()
    {
        _recent = null;
        _level = 0;
        _calm = 0;
    }
}
