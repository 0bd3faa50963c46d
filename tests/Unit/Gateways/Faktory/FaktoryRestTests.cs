using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Jobs go from Faktory to other clients and back.</summary>
public sealed class FaktoryRestTests(FaktorySilo silo) : FaktoryTest(silo)
{
    [Theory]
    [InlineData("[1,{\"a\":2}]", "[1,{\"a\":2}]")]
    [InlineData("{\"to\":\"x\"}", "[{\"to\":\"x\"}]")]
    [InlineData("7", "[7]")]
    [InlineData("null", "[null]")]
    public async Task A_worker_gets_jobs_of_rest(string args, string given)
    {
        var sent = await Silo.Http.PostAsJsonAsync("/v1/jobs", new { type = "send", args = JsonDocument.Parse(args), queue = Queue, meta = new { traceparent = "00-1" } }, Cancel);
        var id = JsonDocument.Parse(await sent.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString()!;
        var fetched = await Wire.FetchAsync(Queue);
        fetched.GetProperty("jid").GetString().ShouldBe(id);
        fetched.GetProperty("args").GetRawText().ShouldBe(given);
        fetched.GetProperty("custom").GetProperty("traceparent").GetString().ShouldBe("00-1");
        (await Wire.FailAsync(id)).ShouldBe("+OK");
        (await JobAsync(id)).GetProperty("state").GetString().ShouldBe("retry");
        await Silo.Http.PostAsync($"/v1/jobs/{id}/retry", null, Cancel);
        await Wire.FetchAsync(Queue);
        (await Wire.AckAsync(id)).ShouldBe("+OK");
        (await JobAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    [Theory]
    [InlineData("""{"faktory":{"jid":"\ud800-1234567"}}""")]
    [InlineData("""{"\ud800":1,"faktory":{"jid":5}}""")]
    [InlineData("""{"faktory":{"jid":"ffffffff-ffff-7fff-bfff-ffffffffffff","retry":"many","custom":7}}""")]
    public async Task Whatever_stands_in_the_meta_of_a_job_it_can_be_fetched(string meta)
    {
        const string Id = "ffffffff-ffff-7fff-bfff-ffffffffffff";
        using var body = new StringContent($$"""{"type":"send","id":"{{Id}}","queue":"{{Queue}}","meta":{{meta}}}""", System.Text.Encoding.UTF8, "application/json");
        (await Silo.Http.PostAsync("/v1/jobs", body, Cancel)).IsSuccessStatusCode.ShouldBeTrue();
        (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe(Id);
        (await Wire.AckAsync(Id)).ShouldBe("+OK");
        (await Wire.AskAsync("FLUSH")).ShouldBe("+OK");
    }

    [Fact]
    public async Task Another_worker_gets_jobs_of_faktory_with_what_custom_asks_for()
    {
        var jid = Guid.NewGuid().ToString();
        var job = NewJob(jid);
        job["custom"] = JsonNode.Parse("""{"tenant":"acme","tags":["b","a"],"weight":3,"priority":7,"slo":"5m","orderKey":"k","mine":true}""");
        await Wire.PushAsync(job);
        var leased = await PostAsync("lease", new { worker = "w", types = new[] { "send" }, queues = new[] { Queue }, max = 1, wait = "10s" });
        var first = leased.GetProperty("jobs")[0];
        first.GetProperty("id").GetString().ShouldBe(jid);
        first.GetProperty("args").GetRawText().ShouldBe("[1,\"two\"]");
        first.GetProperty("tenant").GetString().ShouldBe("acme");
        first.GetProperty("meta").GetProperty("faktory").GetProperty("custom").GetProperty("mine").GetBoolean().ShouldBeTrue();
        var view = await JobAsync(jid);
        view.GetProperty("tags").GetRawText().ShouldBe("[\"a\",\"b\"]");
        view.GetProperty("weight").GetDouble().ShouldBe(3);
        view.GetProperty("priority").GetInt32().ShouldBe(7);
        view.GetProperty("orderKey").GetString().ShouldBe("k");
        view.GetProperty("timeout").GetString().ShouldBe("30m");
        await PostAsync("report", new { reports = new[] { new { lease = first.GetProperty("lease").GetString(), outcome = "complete" } } });
        (await Wire.AskAsync("TRACK GET " + jid)).ShouldContain("success");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<JsonElement> JobAsync(string id) => JsonDocument.Parse(await Silo.Http.GetStringAsync("/v1/jobs/" + id, Cancel)).RootElement;

    private async Task<JsonElement> PostAsync(string call, object body)
    {
        var reply = await Silo.Http.PostAsJsonAsync("/v1/worker/" + call, body, Cancel);
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancel)).RootElement;
    }
}
