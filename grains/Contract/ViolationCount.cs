namespace Worcr.Grains;

/// <summary>How many violations there were.</summary>
/// <param name="Type">Of which type.</param>
/// <param name="Kind">Of which kind.</param>
/// <param name="Count">How many.</param>
public readonly record struct ViolationCount(string Type, ViolationKind Kind, long Count);
