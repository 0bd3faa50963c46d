namespace Worcr.Core.Fairness;

/// <summary>Something that stands in one tournament at most, and knows where: so it can be moved or taken out without a search.</summary>
public abstract class FairEntry
{
    private protected FairEntry()
    {
    }

    /// <summary>Its place in the tournament; below 0: it stands in none.</summary>
    internal int Index { get; set; } = -1;
}
