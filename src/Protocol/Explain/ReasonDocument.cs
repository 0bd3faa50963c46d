namespace Worcr.Protocol;

/// <summary>One reason why a job is (not) running.</summary>
/// <param name="Code">For programs, such as <c>limit</c>, <c>paused</c>, <c>no-worker</c>, <c>workers-busy</c>, <c>fairness</c>.</param>
/// <param name="Text">For people, with the figures.</param>
/// <param name="Figures">The figures, an object.</param>
public sealed record ReasonDocument(string Code, string Text, RawJson? Figures);
