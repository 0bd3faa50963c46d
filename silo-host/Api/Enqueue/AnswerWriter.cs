using System.Buffers;
using System.IO.Pipelines;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>Writes <c>{"id","state","duplicate"}</c>, one or an array, as UTF-8 without anything in between.</summary>
internal static class AnswerWriter
{
    private const int GuidLength = 36;
    private const int MaxLength = 128;
    private const int JobsPerSpan = 32;

    private static ReadOnlySpan<byte> Start => "{\"id\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"state\":\""u8;

    private static ReadOnlySpan<byte> EndNew => "\",\"duplicate\":false}"u8;

    private static ReadOnlySpan<byte> EndDuplicate => "\",\"duplicate\":true}"u8;

    /// <summary>How many bytes the answer has.</summary>
    public static long Length(IReadOnlyList<EnqueuedJob> jobs, bool many)
    {
        long length = many ? jobs.Count + 1 : 0;
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            length += Start.Length + GuidLength + Middle.Length + StateNames.Utf8(job.State).Length + (job.Duplicate ? EndDuplicate.Length : EndNew.Length);
        }

        return length;
    }

    /// <summary>Writes the answer.</summary>
    public static void Write(PipeWriter output, IReadOnlyList<EnqueuedJob> jobs, bool many)
    {
        if (many) output.Write("["u8);
        for (var i = 0; i < jobs.Count;)
        {
            var count = Math.Min(JobsPerSpan, jobs.Count - i);
            var span = output.GetSpan(count * MaxLength);
            var used = 0;
            for (var n = 0; n < count; n++, i++)
            {
                if (i > 0) span[used++] = (byte)',';
                used += WriteOne(span[used..], jobs[i]);
            }

            output.Advance(used);
        }

        if (many) output.Write("]"u8);
    }

    private static int WriteOne(Span<byte> span, EnqueuedJob job)
    {
        var used = Append(span, 0, Start);
        job.Id.TryFormat(span[used..], out _, "D");
        used += GuidLength;
        used = Append(span, used, Middle);
        used = Append(span, used, StateNames.Utf8(job.State));
        return Append(span, used, job.Duplicate ? EndDuplicate : EndNew);
    }

    private static int Append(Span<byte> span, int used, ReadOnlySpan<byte> text)
    {
        text.CopyTo(span[used..]);
        return used + text.Length;
    }
}
