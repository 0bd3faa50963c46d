namespace Worcr.SiloHost.Commands.Rules;

/// <summary>Which resource.</summary>
/// <param name="Section">Its kind.</param>
/// <param name="Name">Its name; empty for the settings.</param>
internal sealed record RuleKey(RuleSection Section, string Name) : IComparable<RuleKey>
{
    /// <summary>Its path below <c>/v1</c>.</summary>
    public string Call => Name.Length == 0 ? Section.Name : $"{Section.Name}/{Uri.EscapeDataString(Name)}";

    /// <inheritdoc />
    public int CompareTo(RuleKey? other)
    {
        if (other is null) return 1;
        var order = Place.CompareTo(other.Place);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    /// <inheritdoc />
    public override string ToString() => Name.Length == 0 ? Section.Name : $"{Section.Name}/{Name}";

    private int Place => RuleSection.All.TakeWhile(s => s != Section).Count();
}
