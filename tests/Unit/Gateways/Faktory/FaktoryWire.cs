using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>The protocol as a client's test speaks it.</summary>
public sealed class FaktoryWire(RawTcp raw) : IDisposable
{
    public RawTcp Raw => raw;

    public static string NewJid() => Guid.NewGuid().ToString("N")[..24];

    public static string NewName() => "q-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Takes the greeting and says hello.</summary>
    public static async Task<FaktoryWire> EnterAsync(RawTcp raw, string? wid = null)
    {
        (await raw.LineAsync()).ShouldBe("+HI {\"v\":2}");
        var wire = new FaktoryWire(raw);
        (await wire.AskAsync("HELLO " + (wid is null ? """{"v":2}""" : $$"""{"v":2,"wid":"{{wid}}","pid":1,"hostname":"here","labels":["a"]}"""))).ShouldBe("+OK");
        return wire;
    }

    /// <summary>Sends a line and gives its reply: a line, or the text of a bulk.</summary>
    public async Task<string> AskAsync(string line)
    {
        await raw.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
        return await ReplyAsync();
    }

    public async Task<string> ReplyAsync()
    {
        var line = await raw.LineAsync();
        if (line is "$-1" || !line.StartsWith('$')) return line;
        var text = Encoding.UTF8.GetString(await raw.BytesAsync(int.Parse(line[1..])));
        (await raw.LineAsync()).ShouldBe("");
        return text;
    }

    public Task<string> PushAsync(JsonObject job) => AskAsync("PUSH " + job.ToJsonString());

    public async Task<JsonElement> FetchAsync(params string[] queues)
    {
        var reply = await AskAsync("FETCH " + string.Join(' ', queues));
        reply.ShouldNotBe("$-1");
        return JsonDocument.Parse(reply).RootElement;
    }

    public async Task<JsonElement> InfoAsync() => JsonDocument.Parse(await AskAsync("INFO")).RootElement;

    public Task<string> AckAsync(string jid) => AskAsync($$"""ACK {"jid":"{{jid}}"}""");

    public Task<string> FailAsync(string jid) => AskAsync($$"""FAIL {"jid":"{{jid}}","errtype":"Boom","message":"it broke","backtrace":["a.rb:1","b.rb:2"]}""");

    public void Dispose() => raw.Dispose();
}
