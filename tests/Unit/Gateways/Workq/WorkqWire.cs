using System.Text;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>Workq's protocol as a client's test speaks it. Replies are given as text with <c>|</c> for each CR LF.</summary>
public sealed class WorkqWire(RawTcp raw) : IDisposable
{
    public RawTcp Raw => raw;

    public static string NewId() => Guid.NewGuid().ToString();

    public static string NewName() => "n-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Sends a line, with a block if there is one, and gives the reply's line, and the records' lines as far as they are told by <paramref name="lines"/>.</summary>
    public async Task<string> AskAsync(string line, string? block = null, int lines = 1)
    {
        await raw.SendAsync(block is null ? line + "\r\n" : $"{line} {block.Length}\r\n{block}\r\n");
        return await raw.LinesAsync(lines);
    }

    public Task<string> AddAsync(string id, string name, string payload = "ping", string flags = "", long ttr = 60_000, long ttl = 60_000) =>
        AskAsync($"add {id} {name} {ttr} {ttl} {flags}".TrimEnd(), payload);

    /// <summary>Leases; <c>id name ttr payload</c>, or the error.</summary>
    public async Task<string> LeaseAsync(string names, long wait = 0)
    {
        var head = await AskAsync($"lease {names} {wait}");
        if (head != "+OK 1") return head;
        var words = (await raw.LineAsync()).Split(' ');
        return $"{words[0]} {words[1]} {words[2]} {await BlockAsync(words[3])}";
    }

    /// <summary>The result; <c>success bytes</c>, or the error.</summary>
    public async Task<string> ResultAsync(string id, long wait = 0)
    {
        await raw.SendAsync($"result {id} {wait}\r\n");
        return await ReadResultAsync();
    }

    /// <summary>Reads the reply of <c>result</c> and <c>run</c>.</summary>
    public async Task<string> ReadResultAsync()
    {
        var head = await raw.LineAsync();
        if (head != "+OK 1") return head;
        var words = (await raw.LineAsync()).Split(' ');
        return $"{words[1]} {await BlockAsync(words[2])}";
    }

    /// <summary>The records of an inspection of jobs, as keys and values.</summary>
    public async Task<List<Dictionary<string, string>>> InspectAsync(string what)
    {
        var head = await AskAsync("inspect " + what);
        head.ShouldStartWith("+OK ");
        var records = new List<Dictionary<string, string>>();
        for (var left = int.Parse(head[4..]); left > 0; left--)
        {
            var label = (await raw.LineAsync()).Split(' ');
            var record = new Dictionary<string, string> { ["label"] = label[0] };
            for (var keys = int.Parse(label[1]); keys > 0; keys--)
            {
                var (key, value) = await PairAsync(record);
                record.Add(key, value);
            }

            records.Add(record);
        }

        return records;
    }

    public void Dispose() => raw.Dispose();

    private async Task<(string Key, string Value)> PairAsync(Dictionary<string, string> record)
    {
        if (!record.TryGetValue("payload-size", out var size) || record.ContainsKey("payload"))
        {
            var words = (await raw.LineAsync()).Split(' ', 2);
            return (words[0], words[1]);
        }

        Encoding.Latin1.GetString(await raw.BytesAsync("payload ".Length)).ShouldBe("payload ");
        return ("payload", await BlockAsync(size));
    }

    private async Task<string> BlockAsync(string size)
    {
        var block = Encoding.Latin1.GetString(await raw.BytesAsync(int.Parse(size)));
        (await raw.LineAsync()).ShouldBe("");
        return block;
    }
}
