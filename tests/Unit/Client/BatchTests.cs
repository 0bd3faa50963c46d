using System.Text.Json.Nodes;
using Worcr.Client;

namespace Worcr.Unit.Client;

/// <summary>The .NET client's batches and children against a stub.</summary>
public sealed class BatchTests
{
    private const string Id = "0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f";
    private const string Batch = $$"""{"id":"{{Id}}","name":"n","open":true,"total":6,"pending":1,"succeeded":2,"failed":3,"createdAt":"2027-01-15T08:00:00.000Z"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_goes_with_its_order_and_its_callbacks()
    {
        using var server = Server($$"""{"id":"{{Id}}","duplicate":false,"jobs":[{"id":"{{Id}}","state":"ready","duplicate":false},{"id":"{{Id}}","state":"scheduled","duplicate":false}]}""");
        using var client = Client(server);
        var batch = await client.EnqueueBatchAsync(
            new NewBatch
            {
                Id = Guid.Parse(Id),
                Name = "import",
                IsOpen = true,
                Jobs = [NewJob.Of("a", 1).Named("first"), NewJob.Of("b", 2, new JobRequestOptions { Priority = 3 }).After("first").Named("second").After("first", "x")],
                OnSuccess = NewJob.Of("s", 3),
                OnFailure = NewJob.Of("f", 4),
                OnComplete = NewJob.Of("c", 5),
            },
            Token);
        (batch.Id, batch.IsDuplicate).ShouldBe((Guid.Parse(Id), false));
        batch.Jobs.Select(j => j.State).ShouldBe(["ready", "scheduled"]);
        var (call, body) = server.Requests.ShouldHaveSingleItem();
        call.ShouldBe("POST /v1/batches");
        JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse($$$"""
            {"id":"{{{Id}}}","name":"import","open":true,
             "jobs":[{"type":"a","args":1,"name":"first"},{"type":"b","args":2,"name":"second","after":["first","first","x"],"priority":3}],
             "onSuccess":{"type":"s","args":3},"onFailure":{"type":"f","args":4},"onComplete":{"type":"c","args":5}}
            """)).ShouldBeTrue(body);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_made_again_with_the_same_id()
    {
        var tries = 0;
        using var server = new StubServer
        {
            Answer = (_, body) => ++tries < 3 ? throw new IOException("The connection broke.") : Task.FromResult((200, new JsonObject { ["id"] = JsonNode.Parse(body)!["id"]!.DeepClone(), ["duplicate"] = true, ["jobs"] = new JsonArray() }.ToJsonString())),
        };
        using var client = Client(server);
        var batch = await client.EnqueueBatchAsync(new NewBatch { Jobs = [NewJob.Of("a", 1)] }, Token);
        (batch.IsDuplicate, batch.Jobs.Count).ShouldBe((true, 0));
        server.Requests.Select(r => r.Body).Distinct().ShouldHaveSingleItem().ShouldContain(batch.Id.ToString());
    }

    [Fact]
    public async Task A_batch_is_read_closed_and_cancelled()
    {
        using var server = Server(Batch);
        using var client = Client(server);
        var id = Guid.Parse(Id);
        (await client.GetBatchAsync(id, Token))!.Pending.ShouldBe(1);
        (await client.CloseBatchAsync(id, Token)).Failed.ShouldBe(3);
        (await client.CancelBatchAsync(id, Token)).Open.ShouldBeTrue();
        server.Requests.Select(r => r.Call).ShouldBe([$"GET /v1/batches/{Id}", $"POST /v1/batches/{Id}/close", $"DELETE /v1/batches/{Id}"]);
    }

    [Fact]
    public async Task A_batch_that_is_not_there_is_null()
    {
        using var server = Server("""{"type":"x","title":"Not found","status":404,"code":"not_found"}""", 404);
        using var client = Client(server);
        (await client.GetBatchAsync(Guid.Empty, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Batches_are_listed_page_by_page()
    {
        using var server = new StubServer
        {
            Answer = (call, _) => Task.FromResult((200, call.Contains("cursor=a.b", StringComparison.Ordinal) ? $$"""{"items":[{{Batch}}]}""" : $$"""{"items":[{{Batch}},{{Batch}}],"next":"a.b"}""")),
        };
        using var client = Client(server);
        (await client.ListBatchesAsync(Token).CountAsync(Token)).ShouldBe(3);
        server.Requests.Select(r => r.Call).ShouldBe(["GET /v1/batches", "GET /v1/batches?cursor=a.b"]);
    }

    [Fact]
    public async Task Children_go_in_one_request_each_with_an_id()
    {
        using var server = new StubServer
        {
            Answer = (_, body) => Task.FromResult((201, new JsonArray([.. JsonNode.Parse(body)!.AsArray().Select(job => new JsonObject { ["id"] = job!["id"]!.DeepClone(), ["state"] = "ready", ["duplicate"] = false })]).ToJsonString())),
        };
        using var client = Client(server);
        (await client.EnqueueChildrenAsync(Guid.Parse(Id), [], Token)).ShouldBeEmpty();
        var children = await client.EnqueueChildrenAsync(Guid.Parse(Id), [NewJob.Of("a", 1), NewJob.Of("b", 2, new JobRequestOptions { Parent = Guid.NewGuid() })], Token);
        var (call, body) = server.Requests.ShouldHaveSingleItem();
        call.ShouldBe("POST /v1/jobs");
        JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse($$"""
            [{"type":"a","args":1,"id":"{{children[0].Id}}","parent":"{{Id}}"},{"type":"b","args":2,"id":"{{children[1].Id}}","parent":"{{Id}}"}]
            """)).ShouldBeTrue(body);
    }

    private static StubServer Server(string answer, int status = 200) => new() { Answer = (_, _) => Task.FromResult((status, answer)) };

    private static WorcrClient Client(StubServer server) => new(new WorcrClientOptions { Http = server, TimeProvider = new HastyTime(), Timeout = TimeSpan.FromHours(2) });
}
