namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>A line that is no job.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record NdjsonBadLine(long Line, string Reason);
