using System.Text;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>A request's line: its words, flags apart.</summary>
internal sealed class WorkqLine
{
    private const int MaxWords = WorkqBounds.LeaseNames + 8;

    /// <summary>The first word.</summary>
    public required string Verb { get; init; }

    public List<string> Arguments { get; } = [];

    public List<KeyValuePair<string, string>> Flags { get; } = [];

    /// <summary>What is wrong with the words, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes of the block that follows, as far as the line says so; below 0: it does not.</summary>
    public long BlockBytes
    {
        get
        {
            var needed = Verb switch { "schedule" => 6, "add" or "run" => 5, "complete" or "fail" => 2, _ => int.MaxValue };
            if (Arguments.Count < needed) return -1;
            return WorkqNumber.TryRead(Arguments[^1], 0, long.MaxValue, out var size) ? size : -1;
        }
    }

    /// <summary>Splits a line. Bytes stand for characters one by one.</summary>
    public static WorkqLine Split(ReadOnlySpan<byte> bytes)
    {
        var words = Encoding.Latin1.GetString(bytes).Split(' ', MaxWords + 1);
        var line = new WorkqLine { Verb = words[0] };
        foreach (var word in words.AsSpan(1)) line.Take(word);
        if (words.Length > MaxWords) line.Fault ??= WorkqErrors.Arguments;
        return line;
    }

    public string? FlagOf(string key)
    {
        foreach (var flag in Flags)
        {
            if (flag.Key == key) return flag.Value;
        }

        return null;
    }

    private void Take(string word)
    {
        if (word.Length == 0) return;
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (word[0] != '-' || equals < 0)
        {
            Arguments.Add(word);
            return;
        }

        var key = word[1..equals];
        if (key.Length == 0 || equals == word.Length - 1 || FlagOf(key) is not null) Fault ??= WorkqErrors.Flags;
        Flags.Add(new(key, word[(equals + 1)..]));
    }
}
