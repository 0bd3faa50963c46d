using System.Net;
using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>The workers, and what operators say to them.</summary>
public sealed class WorkerTests : ApiHost
{
    private const long Since = 1_780_000_000_000;

    [Theory]
    [InlineData("quiet", "", WorkerOrder.Quiet, 0)]
    [InlineData("quiet", "?expiresIn=30m", WorkerOrder.Quiet, 1_800_000)]
    [InlineData("end", "", WorkerOrder.End, 0)]
    [InlineData("resume", "", null, 0)]
    public async Task An_order_reaches_the_dispatcher(string order, string query, WorkerOrder? expected, long lastsMs)
    {
        Dispatcher.OnOrder = r => new OrderReply(r.Order is { } o ? new OrderView(r.Worker, new WorkerRule(o, Since)) : null, 2, 3);
        var answer = await PostAsync($"/v1/workers/w%2F1/{order}{query}", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Dispatcher.Only<OrderRequest>().ShouldBe(new OrderRequest("w/1", expected, lastsMs));
        var since = expected is null ? "" : ",\"since\":\"2026-05-28T20:26:40.000Z\"";
        (await JsonAsync(answer)).GetRawText().ShouldBe($$"""{"worker":"w/1","order":"{{(expected is null ? "none" : order)}}"{{since}},"sessions":2,"held":3}""");
    }

    [Fact]
    public async Task A_worker_that_is_not_there_is_a_404() => await ShouldFailAsync(await PostAsync("/v1/workers/nobody/quiet", ""), 404, "not_found");

    [Theory]
    [InlineData("quiet?expiresIn=soon", "expiresIn")]
    [InlineData("quiet?expiresIn=0s", "expiresIn")]
    [InlineData("resume?expiresIn=5m", "expiresIn")]
    [InlineData("end?now=1", "now")]
    public async Task What_makes_no_sense_is_refused(string path, string field)
    {
        await ShouldFailAsync(await PostAsync("/v1/workers/w/" + path, ""), 400, "invalid_parameter", field);
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Orders_are_listed_with_the_workers()
    {
        var list = await JsonAsync(await GetAsync("/v1/workers"));
        list.GetProperty("workers")[0].GetProperty("worker").GetString().ShouldBe("w1");
        list.GetProperty("orders")[0].GetRawText().ShouldBe("""{"worker":"gone","order":"quiet","since":"2026-05-28T20:26:40.000Z","expiresAt":"2026-05-28T20:26:45.000Z"}""");
    }
}
