namespace Worcr.Core.Rules;

/// <summary>One part of what makes a limit's key.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="Text">The constant, the path of the argument, or what the tag begins with; else empty.</param>
public sealed record LimitKeyPart(LimitKeySource From, string Text = "");
