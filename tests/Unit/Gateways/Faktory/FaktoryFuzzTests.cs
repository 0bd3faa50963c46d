using System.Text;
using Worcr.SiloHost.Gateways.Faktory;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Nothing that a client sends breaks a parser, or the connection.</summary>
public sealed class FaktoryFuzzTests(FaktorySilo silo) : FaktoryTest(silo)
{
    private const int Inputs = 120_000;
    private const int Sent = 4_000;
    private const long Now = 1_800_000_000_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """PUSH {"jid":"fuzz-0001","jobtype":"a","args":[1,{"b":"\u00e9"}],"queue":"fuzz","at":"2026-01-02T03:04:05Z","retry":3,"reserve_for":600,"custom":{"unique_for":60,"tags":["x"],"weight":2,"slo":"5m","expires_in":9,"priority":1}}""",
            """PUSHB [{"jid":"fuzz-0002","jobtype":"a","args":[]},{"jid":"fuzz-0003"}]""",
            """ACK {"jid":"fuzz-0001"}""",
            """FAIL {"jid":"fuzz-0001","errtype":"E","message":"m","backtrace":["a","b"]}""",
            """BEAT {"wid":"fuzz","current_state":"","rss_kb":1}""",
            """TRACK SET {"jid":"fuzz-0001","percent":5,"desc":"d","reserve_until":"2026-01-02T03:04:05Z"}""",
            "TRACK GET fuzz-0001",
            """MUTATE {"cmd":"discard","target":"retries","filter":{"jids":["fuzz-0001"],"regexp":"*[a-z]\\*","jobtype":"a"}}""",
            """HELLO {"v":2,"wid":"w","pwdhash":"00"}""",
            "QUEUE LATENCY fuzz other",
            "INFO now",
            "QUEUE RESUME fuzz", "QUEUE REMOVE fuzz other",
            """BATCH NEW {"description":"d","parent_bid":"b-fuzz","success":{"jobtype":"s","args":[1]},"complete":{"jobtype":"c","args":[]}}""",
            "BATCH OPEN b-fuzz", "BATCH COMMIT b-fuzz", "BATCH STATUS b-fuzz",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Tokens =
        [.. new[] { " ", "{", "}", "[", "]", "\"", ":", ",", "null", "-1", "1e999", "99999999999999999999", "\\ud800", "\\u0000", "true", "\0", "é", "\u00ff", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z" }.Select(Encoding.Latin1.GetBytes)];

    private static readonly LineFuzz Fuzz = new(Tokens);

    [Fact]
    public void Every_input_is_read_or_refused()
    {
        var chance = new Random(20261122);
        var (jobs, hellos, mutations) = (0, 0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var request = FaktoryRequest.Read(Next(chance));
            jobs += Read(request.Argument, json => FaktoryJobReader.Read(json, Now));
            mutations += Read(request.Argument, _ => FaktoryMutation.Read(request.Argument));
            hellos += FaktoryHello.Read(Next(chance)) is null ? 0 : 1;
        }

        jobs.ShouldBeInRange(1_000, Inputs);
        mutations.ShouldBeInRange(100, Inputs);
        hellos.ShouldBeInRange(100, Inputs);
    }

    [Fact]
    public async Task Every_line_is_answered()
    {
        var chance = new Random(20261123);
        var wire = await EnterAsync("fuzz");
        for (var i = 0; i < Sent; i++)
        {
            byte[] line = [.. Next(chance).Where(b => b is not ((byte)'\n' or (byte)'\r'))];
            if (line.AsSpan().StartsWith("END"u8)) continue;
            await wire.Raw.SendAsync((byte[])[.. line, (byte)'\n']);
            (await wire.ReplyAsync()).ShouldNotBeNull();
        }

        (await wire.AckAsync("12345678")).ShouldBe("+OK");
    }

    [Fact]
    public async Task A_line_above_the_limit_closes_the_connection()
    {
        using var raw = await Silo.ConnectAsync();
        var wire = await FaktoryWire.EnterAsync(raw);
        var args = new string('x', 1 << 20);
        (await wire.AskAsync($$"""PUSH {"jid":"12345678","jobtype":"a","args":["{{args}}"]}""")).ShouldBe("-ERR args have 1048580 bytes; at most 1048576 are taken");
        (await wire.AskAsync($$"""PUSH {"jid":"12345678","jobtype":"a","args":["{{args[..^4]}}"],"queue":"{{Queue}}"}""")).ShouldBe("+OK");
        (await wire.FetchAsync(Queue)).GetProperty("args")[0].GetString()!.Length.ShouldBe((1 << 20) - 4);
        await raw.TrySendAsync(new byte[5 << 20]);
        await raw.ShouldBeClosedAsync();
    }

    private static int Read(ReadOnlyMemory<byte> argument, Func<System.Text.Json.JsonElement, object> read)
    {
        try
        {
            using var json = FaktoryJson.Parse(argument);
            read(json.RootElement).ShouldNotBeNull();
            return 1;
        }
        catch (FaktoryException)
        {
            return 0;
        }
    }

    private static byte[] Next(Random chance) => Fuzz.Next(chance, Seeds);
}
