using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The numbers of the protocol, and our bounds where it has none.</summary>
internal static class FaktoryBounds
{
    /// <summary>Bytes of a line; a longer one closes the connection. Enough for a job of the largest arguments, and for some thousand usual ones.</summary>
    public const int LineBytes = 4 << 20;

    /// <summary>Lines above 64 KiB that are in hand at once.</summary>
    public const int LargeLines = 32;

    /// <summary>Connections open at once, as in the original.</summary>
    public const int Connections = 2_000;

    /// <summary>Commands of one kind that a client has sent one behind the other, and that are carried out together.</summary>
    public const int Together = 128;

    /// <summary>How deep a request may be nested: what is stored around a job's <c>custom</c> has to fit below <see cref="WireLimits.Depth"/>, too.</summary>
    public const int Depth = WireLimits.Depth - 4;

    /// <summary>Bytes of a jid: no less, no more.</summary>
    public const int JidBytes = 8, JidMaxBytes = 255;

    /// <summary>Queues of one FETCH: each is asked for in its turn.</summary>
    public const int FetchQueues = 100;

    /// <summary>How long FETCH waits, in milliseconds.</summary>
    public const int FetchWaitMs = 2_000;

    /// <summary>Seconds of a reservation: the usual, the shortest and the longest.</summary>
    public const int ReserveFor = 1_800, MinReserveFor = 60, MaxReserveFor = 86_400;

    /// <summary>Retries of a job that names none.</summary>
    public const int Retries = 25;

    /// <summary>Seconds of <c>unique_for</c> and <c>expires_in</c>: ten years.</summary>
    public const double LongestSpan = 10 * 365 * 86_400.0;

    /// <summary>What is kept of a failure.</summary>
    public const int ErrorType = 100, ErrorMessage = 1_000, BacktraceLines = 50;

    /// <summary>Pages of jobs that INFO looks through for each set.</summary>
    public const int InfoPages = 10;

    /// <summary>How long a client may take for its HELLO; more than the original gives, so that a busy machine gets in.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    /// <summary>A worker that does not beat for so long is forgotten.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>INFO counts no more often.</summary>
    public static readonly TimeSpan InfoAge = TimeSpan.FromSeconds(5);
}
