namespace Worcr.Core.Slo;

/// <summary>
/// How well starts keep to their objective, in about 1 KiB, and whether the error budget burns: by several windows and several burn rates, as chapter 5
/// of The Site Reliability Workbook (Google, 2018) has it. Page: 14.4 times as fast as allowed over 1 h and over 5 min; ticket: 6 times over 6 h and over 30 min. The long
/// window says that it matters, the short one that it still goes on.
/// <para>An alert ends when the short window is well below its threshold; silence is no recovery: a window without any start tells nothing.</para>
/// </summary>
/// <param name="target">The share of starts that has to be in time, above 0 and below 1.</param>
public sealed class SloTracker(double target)
{
    /// <summary>The target where nobody says another.</summary>
    public const double DefaultTarget = 0.99;

    /// <summary>The burn rate of a page.</summary>
    public const double PageRate = 14.4;

    /// <summary>The burn rate of a ticket.</summary>
    public const double TicketRate = 6;

    /// <summary>Fewer starts than this in the long window raise no alert: one late job of two is no trend.</summary>
    public const int LeastStarts = 5;

    /// <summary>With a low target no rate can reach the thresholds; then nearly all starts have to be late.</summary>
    private const double MostOfAll = 0.9;
    private const double Recovered = 0.5;
    private const long MinuteMs = 60_000;

    private readonly SloRing _minutes = new(MinuteMs, 60);
    private readonly SloRing _fives = new(5 * MinuteMs, 72);
    private bool _pages;
    private bool _tickets;

    /// <summary>The share of starts that has to be in time.</summary>
    public double Target { get; set; } = target;

    /// <summary>What <see cref="Judge"/> said last.</summary>
    public SloAlert Alert => _pages ? SloAlert.Page : _tickets ? SloAlert.Ticket : SloAlert.None;

    /// <summary>A job started, in time or late.</summary>
    public void Note(long now, bool met)
    {
        _minutes.Note(now, met);
        _fives.Note(now, met);
    }

    /// <summary>Starts in a window that ends now, to the slot: minutes, for six hours five minutes.</summary>
    public SloWindow Window(long now, SloSpan span) => span switch
    {
        SloSpan.FiveMinutes => _minutes.Sum(now, 5),
        SloSpan.HalfHour => _minutes.Sum(now, 30),
        SloSpan.Hour => _minutes.Sum(now, 60),
        _ => _fives.Sum(now, 72),
    };

    /// <summary>How fast the error budget is spent in a window: 1 is exactly as fast as allowed.</summary>
    public double BurnRate(long now, SloSpan span) => Window(now, span).BurnRate(Target);

    /// <summary>Looks whether there is cause for alarm, or still is.</summary>
    public SloAlert Judge(long now)
    {
        _pages = Burns(Window(now, SloSpan.Hour), Window(now, SloSpan.FiveMinutes), PageRate, _pages);
        _tickets = Burns(Window(now, SloSpan.SixHours), Window(now, SloSpan.HalfHour), TicketRate, _tickets);
        return Alert;
    }

    private bool Burns(SloWindow whole, SloWindow latest, double rate, bool did)
    {
        var threshold = Math.Min(rate, MostOfAll / (1 - Target));
        if (!did) return whole.Total >= LeastStarts && whole.BurnRate(Target) >= threshold && latest.BurnRate(Target) >= threshold;
        return latest.Total == 0 ? whole.Total > 0 : latest.BurnRate(Target) >= threshold * Recovered;
    }
}
