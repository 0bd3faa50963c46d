using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Json;

/// <summary>
/// Writes leased jobs as workers read them, straight into the outgoing buffer. Arguments, checkpoints and meta pass through as they
/// are; what all jobs of a lane share is written once a lane.
/// </summary>
public static class LeasedJobWriter
{
    private const int FixedBytes = 256; // names, punctuation, id, lease, numbers
    private static readonly ConditionalWeakTable<LaneShape, byte[]> Shapes = [];

    /// <summary>Writes an array of jobs.</summary>
    public static void Write(IBufferWriter<byte> output, RunBatch jobs)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            Write(output, jobs[i]);
        }

        output.Write(jobs.Count == 0 ? "[]"u8 : "]"u8);
    }

    /// <summary>Writes one job.</summary>
    public static void Write(IBufferWriter<byte> output, LeasedJob job)
    {
        var shape = Shapes.GetValue(job.Shape, Encode);
        var to = output.GetSpan(FixedBytes + shape.Length);
        var at = Put(to, "{\"id\":\""u8);
        job.Id.TryFormat(to[at..], out var length);
        at += length;
        at += Put(to[at..], "\",\"lease\":\""u8);
        at += Put(to[at..], job.Lease);
        at += Put(to[at..], "\","u8);
        at += Put(to[at..], shape);
        at += Put(to[at..], ",\"attempt\":"u8);
        job.Attempt.TryFormat(to[at..], out length, default, CultureInfo.InvariantCulture);
        at += length;
        at += Put(to[at..], ",\"timeout\":\""u8);
        at += PutTime(to[at..], job.TimeoutMs);
        at += Put(to[at..], "\",\"args\":"u8);
        output.Advance(at);
        output.Write(job.Args.Length == 0 ? "null"u8 : job.Args);
        if (job.Checkpoints is { } checkpoints) Write(output, ",\"checkpoints\":"u8, checkpoints);
        if (job.Meta is { } meta) Write(output, ",\"meta\":"u8, meta);
        if (job.Children is { } children) Write(output, children);
        output.Write("}"u8);
    }

    private static void Write(IBufferWriter<byte> output, ChildCounts children)
    {
        var to = output.GetSpan(FixedBytes);
        Utf8.TryWrite(
            to,
            CultureInfo.InvariantCulture,
            $",\"children\":{{\"pending\":{children.Pending},\"succeeded\":{children.Succeeded},\"failed\":{children.Failed}}}",
            out var length);
        output.Advance(length);
    }

    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        output.Write(name);
        output.Write(json);
    }

    private static int Put(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }

    private static int Put(Span<byte> to, LeaseToken lease)
    {
        lease.Seq.TryFormat(to, out var at, "x", CultureInfo.InvariantCulture);
        to[at++] = (byte)'-';
        lease.Attempt.TryFormat(to[at..], out var length, "x", CultureInfo.InvariantCulture);
        at += length;
        to[at++] = (byte)'-';
        lease.Nonce.TryFormat(to[at..], out length, "x8", CultureInfo.InvariantCulture);
        return at + length;
    }

    private static int PutTime(Span<byte> to, long ms)
    {
        var isWhole = ms % 1_000 == 0;
        (isWhole ? ms / 1_000 : ms).TryFormat(to, out var at, default, CultureInfo.InvariantCulture);
        return at + Put(to[at..], isWhole ? "s"u8 : "ms"u8);
    }

    /// <summary>The members that all jobs of a lane share, without braces.</summary>
    private static byte[] Encode(LaneShape shape)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        writer.WriteString("type"u8, shape.Type);
        writer.WriteString("tenant"u8, shape.Tenant);
        writer.WriteString("queue"u8, shape.Queue);
        writer.WriteStartArray("tags"u8);
        foreach (var tag in shape.Tags) writer.WriteStringValue(tag);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan[1..^1].ToArray();
    }
}
