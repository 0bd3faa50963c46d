using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>A program's standard output: lines addressed to Worcr are passed on, the rest is the job's result, bounded.</summary>
public sealed class ExecOutput
{
    /// <summary>The longest result, in bytes.</summary>
    public const int MaxResultBytes = 1024 * 1024;

    private static readonly byte[] Mark = "::"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _result = new();

    /// <summary>Whether there was more than fits a result.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The result: the output itself if it is JSON, else the output as a JSON string; null when there was none.</summary>
    public string? ResultJson()
    {
        var text = Encoding.UTF8.GetString(_result.WrittenSpan).TrimEnd('\n', '\r');
        if (text.Length == 0) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(text);
        }
    }

    /// <summary>Reads <paramref name="stream"/> to its end.</summary>
    public async Task ReadAsync(Stream stream, IExecNotes notes)
    {
        var lines = new ByteLines(stream, MaxResultBytes);
        while (await lines.NextAsync() is { } line)
        {
            if (line.Span.StartsWith(Mark) && ExecLine.Parse(Encoding.UTF8.GetString(line.Span).TrimEnd('\n', '\r')) is { } note)
                await PassOnAsync(note, notes);
            else Keep(line.Span);
        }
    }

    private static Task PassOnAsync(ExecLine line, IExecNotes notes) => line switch
    {
        ExecLine.Checkpoint checkpoint => notes.CheckpointAsync(checkpoint.Name, checkpoint.Json),
        ExecLine.Progress progress => notes.ProgressAsync(progress.Name, progress.Done, progress.Total),
        ExecLine.Malformed malformed => notes.LogAsync("warn", malformed.Reason),
        _ => Task.CompletedTask,
    };

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        IsTooLarge |= _result.WrittenCount + bytes.Length > MaxResultBytes;
        if (!IsTooLarge) _result.Write(bytes);
    }
}
