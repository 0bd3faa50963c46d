using System.Net;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary><c>/v1/batches</c></summary>
public sealed class BatchTests : ApiHost
{
    private const string Id = "0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f";

    [Fact]
    public async Task A_batch_is_made()
    {
        Dispatcher.OnBatches = Accept;
        var answer = await PostAsync("/v1/batches", $$$"""
            {"id":"{{{Id}}}","name":"import","open":true,"jobs":[{"type":"a","name":"first"},{"type":"b","name":"second","after":["first"],"args":[1]}],"onSuccess":{"type":"done"}}
            """);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await JsonAsync(answer)).GetProperty("jobs").GetArrayLength().ShouldBe(2);
        var asked = Dispatcher.Only<BatchRequest.Create>();
        (asked.Id.ToString(), asked.Name, asked.IsOpen, asked.Jobs[1].Shape.Type).ShouldBe((Id, "import", true, "b"));
        asked.After[0].ShouldBeEmpty();
        asked.After[1].ShouldBe([0]);
        asked.OnSuccess.ShouldBe("""{"type":"done"}"""u8.ToArray());
    }

    [Fact]
    public async Task A_batch_that_was_there_before_is_no_new_one()
    {
        Dispatcher.OnBatches = r => Accept(r) with { Created = false, Jobs = [] };
        var answer = await PostAsync("/v1/batches", $$$"""{"id":"{{{Id}}}","jobs":[{"type":"a"}]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(answer)).GetProperty("duplicate").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{}""", "jobs")]
    [InlineData("""{"jobs":[]}""", "jobs")]
    [InlineData("""{"jobs":[{"type":"a","after":["b"]}]}""", "jobs[0].after")]
    [InlineData("""{"jobs":[{"type":"a","after":"b"}]}""", "jobs[0].after")]
    [InlineData("""{"jobs":[{"type":"a","after":[7]}]}""", "jobs[0].after[0]")]
    [InlineData("""{"jobs":[{"type":"a","name":7}]}""", "jobs[0].name")]
    [InlineData("""{"jobs":[{"type":"a","name":"x"},{"type":"a","name":"x"}]}""", "jobs[1].name")]
    [InlineData("""{"jobs":[{"type":"a","name":"x","after":["x"]}]}""", "jobs")]
    [InlineData("""{"jobs":[{"type":"a","name":"x"},{"type":"a","after":["x"],"delay":"1s"}]}""", "jobs[1].after")]
    [InlineData("""{"jobs":[{"type":""}]}""", "jobs[0].type")]
    [InlineData("""{"jobs":[7]}""", "jobs[0]")]
    [InlineData("""{"jobs":[{"type":"a","id":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f"}]}""", "jobs[0].id")]
    [InlineData("""{"jobs":[{"type":"a","unique":{"key":"k"}}]}""", "jobs[0].unique")]
    [InlineData("""{"jobs":[{"type":"a","parent":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f"}]}""", "jobs[0].parent")]
    [InlineData("""{"jobs":[{"type":"a","then":{"type":"b","name":"n"}}]}""", "jobs[0].then.name", "unknown_field")]
    [InlineData("""{"jobs":[{"type":"a"}],"onFailure":{"type":"a","unique":{"key":"k"}}}""", "onFailure.unique")]
    [InlineData("""{"jobs":[{"type":"a"}],"onComplete":{}}""", "onComplete.type")]
    [InlineData("""{"jobs":[{"type":"a"}],"name":""}""", "name")]
    public async Task A_bad_batch_is_refused(string body, string path, string code = "invalid_field") =>
        await ShouldFailAsync(await PostAsync("/v1/batches", body), 400, code, path);

    [Fact]
    public async Task A_cycle_is_named()
    {
        var answer = await PostAsync("/v1/batches", """
            {"jobs":[{"type":"a","name":"free"},{"type":"a","name":"x","after":["z","free"]},{"type":"a","name":"y","after":["x"]},{"type":"a","name":"z","after":["y"]},{"type":"a","after":["x"]}]}
            """);
        (await JsonAsync(answer)).GetProperty("detail").GetString().ShouldBe("jobs wait for each other: x after z after y after x");
    }

    [Fact]
    public async Task A_batch_is_read_closed_cancelled_and_listed()
    {
        Dispatcher.OnBatches = _ => new BatchReply([new BatchView(Guid.Parse(Id), "import", false, 1, 2, 3, 1_800_000_000_000, 0)]);
        var json = await JsonAsync(await Http.GetAsync($"/v1/batches/{Id}", TestContext.Current.CancellationToken));
        json.ToString().ShouldBe($$"""{"id":"{{Id}}","name":"import","open":false,"total":6,"pending":1,"succeeded":2,"failed":3,"createdAt":"2027-01-15T08:00:00.000Z"}""");
        (await PostAsync($"/v1/batches/{Id}/close", "")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Http.DeleteAsync($"/v1/batches/{Id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(await Http.GetAsync("/v1/batches?limit=7", TestContext.Current.CancellationToken))).GetProperty("items").GetArrayLength().ShouldBe(1);
        Dispatcher.Asked.Select(a => a.GetType()).ShouldBe([typeof(BatchRequest.Read), typeof(BatchRequest.Close), typeof(BatchRequest.Cancel), typeof(BatchRequest.List)]);
    }

    [Fact]
    public async Task A_page_of_batches_says_where_the_next_one_begins()
    {
        var next = new BatchPosition(1_800_000_000_000, Guid.Parse(Id));
        Dispatcher.OnBatches = _ => new BatchReply([]) { Next = next };
        var json = await JsonAsync(await Http.GetAsync("/v1/batches", TestContext.Current.CancellationToken));
        Dispatcher.OnBatches = _ => new BatchReply([]);
        var last = await JsonAsync(await Http.GetAsync($"/v1/batches?limit=3&cursor={json.GetProperty("next").GetString()}", TestContext.Current.CancellationToken));
        last.TryGetProperty("next", out _).ShouldBeFalse();
        Dispatcher.Asked.ShouldBe([new BatchRequest.List(100), new BatchRequest.List(3, next)]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1.2")]
    [InlineData("-1.0190d3f05a2b7c3d8e4f5a6b7c8d9e0f")]
    [InlineData(".0190d3f05a2b7c3d8e4f5a6b7c8d9e0f")]
    public async Task A_cursor_that_no_page_gave_is_refused(string cursor) =>
        await ShouldFailAsync(await Http.GetAsync($"/v1/batches?cursor={cursor}", TestContext.Current.CancellationToken), 400, "invalid_parameter", "cursor");

    [Fact]
    public async Task A_batch_that_is_not_there_is_not_found() => await ShouldFailAsync(await Http.GetAsync($"/v1/batches/{Id}", TestContext.Current.CancellationToken), 404, "not_found");

    [Fact]
    public async Task A_job_joins_a_batch()
    {
        await PostAsync("/v1/jobs", $$"""{"type":"a","batch":"{{Id}}"}""");
        Dispatcher.Only<EnqueueRequest>().Jobs[0].Options.Batch.ShouldBe(Guid.Parse(Id));
        await ShouldFailAsync(await PostAsync("/v1/jobs", """{"type":"a","batch":"x"}"""), 400, "invalid_field", "batch");
    }

    [Fact]
    public async Task A_job_names_its_parent_and_what_follows()
    {
        await PostAsync("/v1/jobs", $$$"""[{"type":"a","tags":["x"],"parent":"{{{Id}}}","then": {"type":"b", "tags":["y"]} ,"priority":3},{"type":"c","parent":null,"then":null}]""");
        var jobs = Dispatcher.Only<EnqueueRequest>().Jobs;
        (jobs[0].Options.Parent, jobs[0].Shape.Type, jobs[0].Shape.Tags[0], jobs[0].Priority).ShouldBe((Guid.Parse(Id), "a", "x", 3));
        jobs[0].Options.Then.ShouldBe("""{"type":"b", "tags":["y"]}"""u8.ToArray());
        jobs[1].Options.ShouldBeSameAs(JobOptions.Default);
        await ShouldFailAsync(await PostAsync("/v1/jobs", """[{"type":"a"},{"type":"a","then":{"type":""}}]"""), 400, "invalid_field", "[1].then.type");
        var large = $$$"""{"type":"a","then":{"type":"b","args":"{{{new string('a', 17_000)}}}"}}""";
        await ShouldFailAsync(await PostAsync("/v1/jobs", large), 413, "too_large", "then");
    }

    [Fact]
    public async Task A_job_shows_its_family()
    {
        var job = Samples.Job(JobState.Running);
        job.Options = job.Options with { Parent = Guid.Parse(Id), Then = """{"type":"b"}"""u8.ToArray() };
        Dispatcher.OnGet = _ => new JobReply(new JobView(job, 0, null, null, false) { Children = new ChildCounts(3, 2, 1) });
        var json = await JsonAsync(await Http.GetAsync($"/v1/jobs/{Id}", TestContext.Current.CancellationToken));
        json.GetProperty("parent").GetString().ShouldBe(Id);
        json.GetProperty("then").ToString().ShouldBe("""{"type":"b"}""");
        json.GetProperty("children").ToString().ShouldBe("""{"pending":3,"succeeded":2,"failed":1}""");
    }

    private static BatchReply Accept(BatchRequest request)
    {
        var create = (BatchRequest.Create)request;
        var view = new BatchView(create.Id, create.Name, create.IsOpen, create.Jobs.Count, 0, 0, 1, 0);
        return new BatchReply([view]) { Created = true, Jobs = FakeDispatcher.AcceptAll(new EnqueueRequest(create.Jobs)).Jobs };
    }
}
