namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>A line of the file is no job, and that ends the run.</summary>
public sealed class NdjsonBadLineException(NdjsonBadLine line) : Exception($"line {line.Line}: {line.Reason}")
{
    /// <summary>The line.</summary>
    public NdjsonBadLine Line { get; } = line;
}
