namespace Worcr.Unit.Architecture;

/// <summary>A type and where it comes from.</summary>
internal sealed record UsedType(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name} ({Assembly})";
}
