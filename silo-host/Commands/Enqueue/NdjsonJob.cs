namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>One job of a chunk.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Start">Where it starts in the chunk's body.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct NdjsonJob(long Line, int Start, int Length);
