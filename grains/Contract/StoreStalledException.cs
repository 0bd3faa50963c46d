namespace Worcr.Grains;

/// <summary>The store has refused to write for a while (its disk is full, it takes reads only, it is away). Reads of jobs go on; everything else is refused until it writes again.</summary>
/// <param name="isUntouched">Whether the call did nothing; otherwise whether it takes effect is not known: what it asked for is still tried.</param>
/// <param name="inner">What the store says.</param>
public sealed class StoreStalledException(bool isUntouched, Exception inner)
    : DispatcherUnavailableException(isUntouched ? "The store takes no writes now; nothing was done." : "The store takes no writes now; whether the request takes effect is not known.", inner)
{
    /// <summary>After how many milliseconds to ask again.</summary>
    public const int RetryAfterMs = 5_000;
}
