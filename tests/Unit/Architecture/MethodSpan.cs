namespace Worcr.Unit.Architecture;

/// <summary>A method's place and how many lines its body has.</summary>
internal sealed record MethodSpan(string Place, int Lines);
