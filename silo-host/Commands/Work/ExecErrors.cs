using System.Text;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>A program's standard error: each line goes to the job's log, and the end is kept for the error message.</summary>
public sealed class ExecErrors
{
    private const int MaxLine = 8 * 1024;
    private const int TailLength = 2_000;

    private readonly StringBuilder _tail = new();

    /// <summary>The last characters, on one or more lines.</summary>
    public string Tail => _tail.ToString().Trim();

    /// <summary>Reads <paramref name="stream"/> to its end.</summary>
    public async Task ReadAsync(Stream stream, IExecNotes notes)
    {
        var lines = new ByteLines(stream, MaxLine);
        while (await lines.NextAsync() is { } bytes)
        {
            var line = Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r');
            _tail.Append(line).Append('\n');
            if (_tail.Length > TailLength) _tail.Remove(0, _tail.Length - TailLength);
            if (line.Length > 0) await notes.LogAsync("info", line);
        }
    }
}
