using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Tcp;

public sealed class TcpGatewayTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private readonly EchoProtocol _protocol = new();
    private readonly List<IDisposable> _owned = [];
    private TcpGateway<EchoProtocol>? _gateway;

    public async ValueTask DisposeAsync()
    {
        _protocol.Finish.TrySetResult();
        _owned.ForEach(o => o.Dispose());
        await StopAsync();
        _gateway?.Dispose();
    }

    [Fact]
    public async Task Lines_come_whole_however_they_are_cut()
    {
        var client = await StartAsync();
        await client.SendAsync("one\r\ntwo\nthr");
        (await client.LineAsync()).ShouldBe("Line one");
        (await client.LineAsync()).ShouldBe("BareLine two");
        await client.SendAsync("ee\r");
        await client.SendAsync("\n\r\n");
        (await client.LineAsync()).ShouldBe("Line three");
        (await client.LineAsync()).ShouldBe("Line ");
    }

    [Fact]
    public async Task A_line_may_be_as_long_as_the_bound_and_no_longer()
    {
        var client = await StartAsync(o => o with { MaxLineBytes = 100 });
        var longest = new string('x', 100);
        await client.SendAsync(longest + "\r\n");
        (await client.LineAsync()).ShouldBe("Line " + longest);
        await client.SendAsync(longest + "x\r\n");
        (await client.LineAsync()).ShouldBe("-long");
        await client.ShouldBeClosedAsync();

        var endless = await ConnectAsync();
        await endless.SendAsync(new string('x', 10_000));
        (await endless.LineAsync()).ShouldBe("-long");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(200_000)]
    [InlineData(3_000_000)]
    public async Task Blocks_hold_any_bytes(int size)
    {
        var client = await StartAsync();
        var block = new byte[size];
        new Random(size).NextBytes(block);
        var sending = client.SendAsync((byte[])[.. Encoding.Latin1.GetBytes($"block {size}\r\n"), .. block, .. "next\r\n"u8]);
        (await client.BytesAsync(size)).ShouldBe(block);
        (await client.LineAsync()).ShouldBe("Line next");
        await sending;
    }

    [Fact]
    public async Task Large_blocks_wait_for_their_turn()
    {
        var first = await StartAsync(o => o with { LargeBlocks = 1 });
        var second = await ConnectAsync();
        await first.SendAsync("block 100000\r\n");
        await first.SendAsync(new byte[99_999]);
        await second.SendAsync("small\r\n");
        (await second.LineAsync()).ShouldBe("Line small");
        var sending = second.SendAsync((byte[])[.. "block 100000\r\n"u8, .. new byte[100_000]]);
        await first.SendAsync(new byte[1]);
        await first.BytesAsync(100_000);
        await second.BytesAsync(100_000);
        await sending;
    }

    [Fact]
    public async Task One_more_connection_than_there_is_room_for_is_told_so()
    {
        var client = await StartAsync(o => o with { MaxConnections = 1 });
        await client.SendAsync("in\r\n");
        await client.LineAsync();
        var other = await ConnectAsync();
        (await other.LineAsync()).ShouldBe("-full");
        await other.ShouldBeClosedAsync();
        client.CloseSending();
        await client.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task A_silent_connection_is_closed() =>
        await (await StartAsync(o => o with { IdleTimeout = Soon })).ShouldBeClosedAsync();

    [Theory]
    [InlineData("half a line")]
    [InlineData("block 10\r\nhalf")]
    public async Task A_request_that_does_not_arrive_is_not_waited_for(string half)
    {
        var client = await StartAsync(o => o with { ReceiveTimeout = Soon });
        await client.SendAsync(half);
        await client.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off()
    {
        var client = await StartAsync(o => o with { SendTimeout = Soon });
        await client.SendAsync("flood 200000000\r\n");
        await WaitUntilEmptyAsync();
        (await client.RestAsync()).Length.ShouldBeLessThan(200_000_000);
    }

    [Fact]
    public async Task What_a_client_sends_ahead_does_not_gather_here()
    {
        var client = await StartAsync();
        await client.SendAsync("wait\r\n");
        await _protocol.Waits.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var sending = client.SendAsync(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(new string('y', 998) + "\r\n", 30_000))));
        var other = await ConnectAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await other.SendAsync("ping\r\n");
            await other.LineAsync();
        }

        sending.IsCompleted.ShouldBeFalse("30 MB were taken while a command was under way");
    }

    [Fact]
    public async Task A_client_that_closes_its_sending_side_gets_its_answers()
    {
        var client = await StartAsync();
        await client.SendAsync("one\r\ntwo\r\nhalf");
        client.CloseSending();
        Encoding.Latin1.GetString(await client.RestAsync()).ShouldBe("Line one\r\nLine two\r\n");
    }

    [Fact]
    public async Task A_defect_closes_one_connection_only()
    {
        var client = await StartAsync();
        var other = await ConnectAsync();
        await client.SendAsync("fail\r\n");
        await client.ShouldBeClosedAsync();
        await other.SendAsync("well\r\n");
        (await other.LineAsync()).ShouldBe("Line well");
    }

    [Fact]
    public async Task Stopping_closes_idle_connections_and_lets_a_command_finish()
    {
        var busy = await StartAsync();
        var idle = await ConnectAsync();
        await idle.SendAsync("here\r\n");
        await idle.LineAsync();
        await busy.SendAsync("wait\r\nnever read\r\n");
        await _protocol.Waits.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var stopping = StopAsync();
        await idle.ShouldBeClosedAsync();
        stopping.IsCompleted.ShouldBeFalse();
        _protocol.Finish.SetResult();
        (await busy.LineAsync()).ShouldBe("Line wait");
        await busy.ShouldBeClosedAsync();
        await stopping;
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(ConnectAsync);
    }

    [Fact]
    public async Task An_address_in_use_is_told_when_it_starts()
    {
        await StartAsync();
        using var second = New(new TcpGatewayOptions { Address = _gateway!.Address! });
        (await Should.ThrowAsync<IOException>(() => second.StartAsync(CancellationToken.None))).Message.ShouldContain("echo gateway cannot listen on 127.0.0.1:");
    }

    private async Task<RawTcp> StartAsync(Func<TcpGatewayOptions, TcpGatewayOptions>? change = null)
    {
        var options = new TcpGatewayOptions { Address = new IPEndPoint(IPAddress.Loopback, 0) };
        _gateway = New(change is null ? options : change(options));
        await _gateway.StartAsync(TestContext.Current.CancellationToken);
        return await ConnectAsync();
    }

    private TcpGateway<EchoProtocol> New(TcpGatewayOptions options) => new(options, _protocol, TimeProvider.System, NullLoggerFactory.Instance);

    private async Task<RawTcp> ConnectAsync()
    {
        var client = await RawTcp.ConnectAsync(_gateway!.Address!);
        _owned.Add(client);
        return client;
    }

    private async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        if (_gateway is not null) await _gateway.StopAsync(limit.Token);
    }

    private async Task WaitUntilEmptyAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (_gateway!.Open > 0) await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
