using System.Text;
using Worcr.Core.Time;

namespace Worcr.Store.Image;

/// <summary>Log lines, column by column. The text is kept as UTF-8 bytes, because a log may hold NUL.</summary>
internal sealed class LogColumns
{
    public LogColumns(IReadOnlyList<LogLine> lines)
    {
        Seq = [.. lines.Select(l => l.Seq)];
        At = [.. lines.Select(l => l.At)];
        Attempt = [.. lines.Select(l => l.Attempt)];
        Level = [.. lines.Select(l => StoredText.Check(l.Level, "a log level"))];
        Line = [.. lines.Select(l => Encoding.UTF8.GetBytes(l.Line))];
        Days = [.. lines.Select(l => UnixDay.Of(l.At)).Distinct()];
    }

    public int[] Days { get; }
    public long[] Seq { get; }
    public long[] At { get; }
    public int[] Attempt { get; }
    public string[] Level { get; }
    public byte[][] Line { get; }

    /// <summary>The text of a stored line.</summary>
    public static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line);
}
