namespace Worcr.Protocol;

/// <summary>One field at fault.</summary>
/// <param name="Path">Where, such as <c>retry.base</c> or <c>[3].tags[0]</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ProblemError(string Path, string Message);
