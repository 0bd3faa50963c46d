namespace Worcr.Core.Limits;

/// <summary>
/// How a limit follows what the jobs meet: it rises slowly while all goes well and is cut quickly when jobs fail with declared codes or get slow
/// (additive increase, multiplicative decrease: D.-M. Chiu, R. Jain, 1989).
/// </summary>
/// <param name="Min">It never falls below this, at least 1.</param>
/// <param name="Max">It never rises above this.</param>
/// <param name="On">Error codes that cut it; <c>timeout</c> stands for attempts that took too long.</param>
public sealed record AdaptiveSpec(int Min, int Max, IReadOnlyList<string> On)
{
    /// <summary>Whether run times that get longer cut it, too. Default: true.</summary>
    public bool Gradient { get; init; } = true;

    /// <summary>Whether it stays as it is. Default: false.</summary>
    public bool IsFrozen { get; init; }
}
