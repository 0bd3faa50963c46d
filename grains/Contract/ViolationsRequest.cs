namespace Worcr.Grains;

/// <summary>Asks for violations of type policies, newest first.</summary>
/// <param name="Type">Only of this type; null: all.</param>
/// <param name="Limit">At most so many.</param>
public sealed record ViolationsRequest(string? Type, int Limit);
