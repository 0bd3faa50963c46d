namespace Worcr.Core.Fairness;

/// <summary>A small set of class numbers: in which classes' heaps a lane stands.</summary>
internal sealed class ClassSet
{
    private ulong _low;
    private HashSet<int>? _high;

    public bool Add(int number)
    {
        if (number >= 64) return (_high ??= []).Add(number);
        var bit = 1UL << number;
        if ((_low & bit) != 0) return false;
        _low |= bit;
        return true;
    }

    public void Remove(int number)
    {
        if (number >= 64) _high?.Remove(number);
        else _low &= ~(1UL << number);
    }
}
