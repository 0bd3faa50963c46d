namespace Worcr.Core.Fairness;

/// <summary>A key in a <see cref="FairTournament{TKey, TItem}"/>: the smallest goes first.</summary>
internal interface IFairKey<TKey>
    where TKey : struct, IFairKey<TKey>
{
    /// <summary>What no key is after, and no entry has.</summary>
    static abstract TKey Last { get; }

    bool IsBefore(in TKey other);
}
