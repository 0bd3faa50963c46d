namespace Worcr.Grains.Lanes;

/// <summary>All lanes whose jobs name the same order key: of all their jobs one runs at a time, the first in order.</summary>
internal sealed class OrderKey(string name)
{
    public string Name { get; } = name;

    public List<Lane> Lanes { get; } = [];

    /// <summary>Leases of all its lanes.</summary>
    public int Leased { get; set; }
}
