using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Worcr.SiloHost.Gateways.Faktory;
using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Client;
using Worcr.Unit.Gateways.Tcp;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Who gets in.</summary>
public sealed class FaktoryHandshakeTests
{
    [Fact]
    public void The_hash_is_the_documented_one() => FaktoryHello.HashOf("foobar", "55104dc76695721d", 1545)
        .ShouldBe("6d877f8e5544b1f2598768f817413ab8a357afffa924dedae99eb91472d4ec30");

    [Fact]
    public async Task Who_knows_the_password_gets_in()
    {
        await using var silo = new FaktorySilo { Password = "open sesame" };
        await silo.InitializeAsync();
        (await AnswerAsync(silo, (salt, i) => FaktoryHello.HashOf("open sesame", salt, i), version: 2)).ShouldBe("+OK");
        (await AnswerAsync(silo, (salt, _) => FaktoryHello.HashOf("open sesame", salt, 1), version: 1)).ShouldBe("+OK");
        (await AnswerAsync(silo, (salt, i) => FaktoryHello.HashOf("open says me", salt, i), version: 2)).ShouldBe("-ERR Invalid password");
        (await AnswerAsync(silo, (_, _) => "", version: 2)).ShouldBe("-ERR Invalid password");
        (await AnswerAsync(silo, (_, _) => null, version: 2)).ShouldBe("-ERR Invalid password");
    }

    [Theory]
    [InlineData("PUSH {}\r\n")]
    [InlineData("HELLO\r\n")]
    [InlineData("HELLO {\r\n")]
    [InlineData("HELLO {\"wid\":5}\r\n")]
    [InlineData("\n")]
    public async Task Who_does_not_say_hello_is_shown_the_door(string line)
    {
        await using var silo = new FaktorySilo();
        await silo.InitializeAsync();
        using var raw = await silo.ConnectAsync();
        (await raw.LineAsync()).ShouldBe("+HI {\"v\":2}");
        await raw.SendAsync(line);
        await raw.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task Who_says_nothing_is_not_waited_for()
    {
        await using var silo = new FaktorySilo();
        await silo.InitializeAsync();
        using var raw = await silo.ConnectAsync();
        await raw.LineAsync();
        await raw.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task A_worker_that_does_not_beat_is_forgotten_and_a_producer_is_not()
    {
        using var protocol = new FaktoryProtocol(new FakeDispatcher(), new TestTemplates(), new HastyTime(), new SiloOptions());
        using var gateway = new TcpGateway<FaktoryProtocol>(new TcpGatewayOptions { Address = new(IPAddress.Loopback, 0) }, protocol, TimeProvider.System, NullLoggerFactory.Instance);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        using var producer = await FaktoryWire.EnterAsync(await RawTcp.ConnectAsync(gateway.Address!));
        using var worker = await FaktoryWire.EnterAsync(await RawTcp.ConnectAsync(gateway.Address!), "w1");
        await worker.Raw.ShouldBeClosedAsync();
        (await producer.AskAsync("""BEAT {"wid":"w1"}""")).ShouldBe("-ERR unknown worker w1");
        await gateway.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_draining_silo_tells_workers_to_terminate_and_takes_what_they_have_done()
    {
        await using var silo = new FaktorySilo();
        await silo.InitializeAsync();
        using var worker = await FaktoryWire.EnterAsync(await silo.ConnectAsync(), "w1");
        await worker.AskAsync("""PUSH {"jid":"12345678","jobtype":"a","args":[]}""");
        await worker.FetchAsync("default");
        await DrainAsync(silo);
        (await worker.AskAsync("""BEAT {"wid":"w1"}""")).ShouldBe("""{"state":"terminate"}""");
        (await worker.AskAsync("FETCH default")).ShouldBe("$-1");
        (await worker.AckAsync("12345678")).ShouldBe("+OK");
        JsonDocument.Parse(await worker.AskAsync("TRACK GET 12345678")).RootElement.GetProperty("state").GetString().ShouldBe("success");
    }

    private static Task DrainAsync(FaktorySilo silo) =>
        silo.App.Services.GetRequiredService<TcpGateway<FaktoryProtocol>>().DrainAsync(TestContext.Current.CancellationToken);

    private static async Task<string> AnswerAsync(FaktorySilo silo, Func<string, int, string?> hash, int version)
    {
        using var raw = await silo.ConnectAsync();
        var greeting = (await raw.LineAsync()).Split(' ');
        greeting.Length.ShouldBe(2);
        var demand = JsonDocument.Parse(greeting[1]).RootElement;
        var (salt, iterations) = (demand.GetProperty("s").GetString()!, demand.GetProperty("i").GetInt32());
        iterations.ShouldBeInRange(4_000, 8_095);
        await raw.SendAsync($"HELLO {JsonSerializer.Serialize(new { v = version, pwdhash = hash(salt, iterations) })}\r\n");
        return await raw.LineAsync();
    }
}
