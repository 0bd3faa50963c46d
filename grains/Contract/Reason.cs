namespace Worcr.Grains;

/// <summary>One reason why a job is (not) running.</summary>
/// <param name="Code">For programs: <c>paused</c>, <c>tenant-paused</c>, <c>limit</c>, <c>ordered</c>, <c>no-worker</c>, <c>prohibited</c>, <c>workers-busy</c>, <c>fairness</c>, <c>behind</c>, <c>blackhole</c>, <c>sorting</c>, <c>loading</c>, <c>scheduled</c>, <c>children</c>, <c>after</c>, <c>retry</c>, <c>draining</c>, <c>next</c>, <c>running</c>, <c>interrupted</c>, <c>finished</c>.</param>
/// <param name="Text">For people, with the figures.</param>
/// <param name="Figures">The figures, for programs: a UTF-8 JSON object, or null.</param>
public sealed record Reason(string Code, string Text, byte[]? Figures = null);
