using System.Net;
using Worcr.Grains;
using Worcr.Store;

namespace Worcr.Unit.Api;

public sealed class JobEndpointTests : ApiHost
{
    private static readonly string Path = $"/v1/jobs/{Samples.Id}";

    [Fact]
    public async Task A_job_is_shown_whole()
    {
        Dispatcher.OnGet = _ => new JobReply(Samples.Succeeded());
        var job = await JsonAsync(await GetAsync(Path));
        job.GetProperty("state").GetString().ShouldBe("succeeded");
        job.GetProperty("args").ToString().ShouldBe("""{"to":"a@b.c"}""");
        job.GetProperty("tenant").GetString().ShouldBe("acme");
        job.GetProperty("slo").GetString().ShouldBe("5m");
        job.GetProperty("createdAt").GetString().ShouldBe("2026-05-28T20:26:40.000Z");
        job.GetProperty("finishedAt").GetString().ShouldBe("2026-05-28T20:26:42.000Z");
        job.GetProperty("result").ToString().ShouldBe("""{"sent":true}""");
        job.GetProperty("checkpoints").ToString().ShouldBe("""{"page":7}""");
        job.GetProperty("unique").ToString().ShouldBe("""{"key":"u","until":"started","for":"1s","onConflict":"reject"}""");
        job.GetProperty("retry").GetProperty("maxAttempts").GetInt32().ShouldBe(25);
        job.TryGetProperty("runAt", out _).ShouldBeFalse();
        job.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_job_is_a_404() => await ShouldFailAsync(await GetAsync(Path), 404, "not_found");

    [Theory]
    [InlineData("7")]
    [InlineData("0190d3f05a2b7c3d8e4f5a6b7c8d9e0f")]
    [InlineData("%7B0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f%7D")]
    public async Task An_id_is_a_uuid(string id)
    {
        await ShouldFailAsync(await GetAsync($"/v1/jobs/{id}"), 400, "invalid_parameter", "id");
        await ShouldFailAsync(await GetAsync($"/v1/jobs/{id}/result"), 400, "invalid_parameter", "id");
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_filters_of_a_page_arrive()
    {
        Dispatcher.OnQuery = _ => new JobPageReply([Samples.Running()], 255);
        var page = await JsonAsync(await GetAsync("/v1/jobs?state=dead&type=a.b&tenant=&tag=x&queue=q&limit=7&cursor=fe"));
        Dispatcher.Only<QueryJobsRequest>().ShouldBe(new QueryJobsRequest(JobState.Dead, "a.b", "", "x", "q", 7, 254));
        page.GetProperty("next").GetString().ShouldBe("ff");
        var job = page.GetProperty("jobs")[0];
        job.GetProperty("worker").GetString().ShouldBe("w1");
        job.TryGetProperty("args", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_last_page_names_no_next()
    {
        var page = await JsonAsync(await GetAsync("/v1/jobs"));
        page.ToString().ShouldBe("""{"jobs":[]}""");
        Dispatcher.Only<QueryJobsRequest>().ShouldBe(new QueryJobsRequest(null, null, null, null, null, 100, null));
    }

    [Theory]
    [InlineData("state=unknown", "state")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("cursor=zz", "cursor")]
    [InlineData("cursor=ffffffffffffffff", "cursor")]
    [InlineData("typ=a", "typ")]
    [InlineData("type=a&type=b", "type")]
    public async Task A_bad_filter_is_refused(string query, string path) => await ShouldFailAsync(await GetAsync("/v1/jobs?" + query), 400, "invalid_parameter", path);

    [Fact]
    public async Task A_result_is_there_or_not_yet_or_not_any_more()
    {
        Dispatcher.OnGet = _ => new JobReply(Samples.Succeeded());
        var done = await GetAsync(Path + "/result");
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(done)).ToString().ShouldBe($$$"""{"id":"{{{Samples.Id}}}","state":"succeeded","result":{"sent":true}}""");

        Dispatcher.OnWait = _ => new JobReply(Samples.Running());
        var waited = await GetAsync(Path + "/result?wait=10s");
        waited.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Dispatcher.Only<WaitJobRequest>().ShouldBe(new WaitJobRequest(Samples.Id, 10_000));

        Dispatcher.OnGet = _ => new JobReply(Samples.Succeeded(resultExpired: true));
        await ShouldFailAsync(await GetAsync(Path + "/result"), 410, "result_gone");
    }

    [Fact]
    public async Task A_result_that_is_gone_is_not_shown_with_the_job()
    {
        Dispatcher.OnGet = _ => new JobReply(Samples.Succeeded(resultExpired: true));
        (await JsonAsync(await GetAsync(Path))).TryGetProperty("result", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Logs_come_in_pages()
    {
        Dispatcher.OnLogs = _ => new LogsReply([new LogLine(1, 2, 1_780_000_000_000, "info", "hello")]);
        var logs = await JsonAsync(await GetAsync(Path + "/logs?skip=5&limit=1"));
        logs.ToString().ShouldBe("""{"lines":[{"attempt":2,"at":"2026-05-28T20:26:40.000Z","level":"info","line":"hello"}],"next":6}""");
        Dispatcher.Only<LogsRequest>().ShouldBe(new LogsRequest(Samples.Id, 5, 1));
    }

    [Theory]
    [InlineData("DELETE", "", ControlAction.Cancel)]
    [InlineData("POST", "/retry", ControlAction.Retry)]
    [InlineData("POST", "/interrupt", ControlAction.Interrupt)]
    public async Task A_job_can_be_controlled(string method, string path, ControlAction action)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path);
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        (await JsonAsync(answer)).ToString().ShouldBe($$"""{"id":"{{Samples.Id}}","state":"cancelled"}""");
        Dispatcher.Only<ControlJobRequest>().ShouldBe(new ControlJobRequest(Samples.Id, action));
        Dispatcher.OnControl = _ => new ControlReply(null, new Refusal(RefusalKind.IllegalTransition, "it is running"));
        using var again = new HttpRequestMessage(new HttpMethod(method), Path + path);
        await ShouldFailAsync(await Http.SendAsync(again, TestContext.Current.CancellationToken), 409, "illegal_transition");
    }
}
