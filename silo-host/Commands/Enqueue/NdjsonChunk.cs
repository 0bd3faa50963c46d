namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>Some jobs of a file, ready to be sent as one request.</summary>
/// <param name="Body">The jobs, one a line.</param>
/// <param name="Jobs">Where each job is.</param>
/// <param name="Bad">The line that ended the chunk because it is no job, or null.</param>
/// <param name="BytesRead">How far into the file the chunk reaches.</param>
/// <param name="LinesRead">The same in lines.</param>
public sealed record NdjsonChunk(ReadOnlyMemory<byte> Body, IReadOnlyList<NdjsonJob> Jobs, NdjsonBadLine? Bad, long BytesRead, long LinesRead)
{
    /// <summary>The same jobs without one of them.</summary>
    public NdjsonChunk Without(int index)
    {
        var left = new MemoryStream(Body.Length);
        var jobs = new List<NdjsonJob>(Jobs.Count - 1);
        foreach (var job in Jobs.Where((_, i) => i != index))
        {
            jobs.Add(job with { Start = (int)left.Length });
            left.Write(Body.Span.Slice(job.Start, job.Length));
            left.WriteByte((byte)'\n');
        }

        return this with { Body = left.GetBuffer().AsMemory(0, (int)left.Length), Jobs = jobs };
    }
}
