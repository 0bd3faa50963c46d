using System.Net;
using System.Net.Sockets;
using System.Text;
using Worcr.SiloHost.Commands.Bench;
using Worcr.SiloHost.Commands.Bench.Http;
using Worcr.SiloHost.Commands.Bench.Stores;

namespace Worcr.Unit.Commands;

/// <summary>The parts of <c>worcr bench</c> that do not measure.</summary>
public sealed class BenchTests
{
    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 42\r\n\r\n", 201, 42, false)]
    [InlineData("HTTP/1.1 200 OK\r\nDate: x\r\ncontent-length:7\r\nServer: y\r\n\r\n", 200, 7, false)]
    [InlineData("HTTP/1.1 429 Too Many\r\nTransfer-Encoding: chunked\r\n\r\n", 429, 0, true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, 0, false)]
    public void An_answer_is_framed_by_its_head(string head, int status, long length, bool chunked) =>
        AnswerHead.Parse(Encoding.ASCII.GetBytes(head)).ShouldBe(new AnswerHead(status, length, chunked));

    [Fact]
    public async Task A_connection_reads_every_answer_to_its_end()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(
            listener,
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            $"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n{new string('x', 200_000)}",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}");
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var connection = BenchConnection.Open(url);
        var request = BenchRequests.Enqueue(url, 0, 1);

        for (var i = 0; i < 3; i++) connection.Send(request);

        Should.Throw<Exception>(() => connection.Send(request)).Message.ShouldContain("HTTP 400");
        await serving;
    }

    [Fact]
    public async Task Rounds_go_through_all_figures_and_stores_and_say_each_result()
    {
        var cli = new CliCall();
        var order = new List<string>();
        BenchFigure[] figures =
        [
            new("x", "first", true, (_, _) => Measure("x")),
            new("y", "second", false, (_, _) => Measure("y")),
            new("z", "third", true, (_, _) => Task.FromResult(BenchSample.Skip("no node"))),
        ];
        await using var one = new SqliteBenchStore();
        await using var two = new SqliteBenchStore();

        var results = await new BenchRun(cli.Io(), new BenchSettings(), TimeProvider.System).RunAsync(figures, [one, two], 2, TestContext.Current.CancellationToken);

        order.ShouldBe(["x", "x", "y", "x", "x", "y"]);
        cli.Error.ShouldContain("[1/10] sqlite   x  first: 1.00 /s");
        cli.Error.ShouldContain("skipped: no node");
        results.All().Select(result => result.Figure).ShouldBe(["x", "y", "z"]);
        results.All()[0].ShouldSatisfyAllConditions(
            result => result.Runs.Count.ShouldBe(4), result => result.Median.ShouldBe(3), result => result.Min.ShouldBe(1), result => result.Max.ShouldBe(5));
        var table = new StringWriter();
        BenchReport.WriteTable(table, results.All());
        table.ToString().ShouldContain("no node");
        BenchReport.Json(results.All(), [one.Description], 2, DateTimeOffset.UnixEpoch).ShouldContain("\"median\": 3");

        Task<BenchSample> Measure(string key)
        {
            order.Add(key);
            return Task.FromResult(new BenchSample([new BenchValue("", "/s", order.Count)]));
        }
    }

    private static async Task AnswerAsync(TcpListener listener, params string[] answers)
    {
        using var client = await listener.AcceptSocketAsync();
        var buffer = new byte[4096];
        foreach (var answer in answers)
        {
            while (!Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer)).EndsWith("}}\n", StringComparison.Ordinal))
            {
            }

            await client.SendAsync(Encoding.ASCII.GetBytes(answer));
        }
    }
}
