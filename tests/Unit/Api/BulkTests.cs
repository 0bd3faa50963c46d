using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Api;

public sealed class BulkTests : ApiHost
{
    [Fact]
    public async Task A_bulk_action_arrives()
    {
        Dispatcher.OnBulk = _ => new BulkReply(42);
        var answer = await PostAsync("/v1/jobs/bulk", """
            {"action":"reweigh","match":{"types":["a"],"tenants":[""],"queues":["q"],"job":{"all":["x"],"any":["y"],"none":["z"]},"args":{"shop.id":7.0,"a":"b"}},"states":["ready","retry"],"weight":3,"dryRun":true}
            """);
        (await JsonAsync(answer)).ToString().ShouldBe("""{"affected":42}""");
        var request = Dispatcher.Only<BulkRequest>();
        (request.Action, request.Weight, request.DryRun).ShouldBe((BulkAction.Reweigh, 3d, true));
        request.States.ShouldBe([JobState.Ready, JobState.Retry]);
        request.Match.Types.ShouldBe(["a"]);
        request.Args.ShouldBe([new ArgMatch("a", "b"), new ArgMatch("shop.id", "7")]);
        request.Match.Tenants.ShouldBe([""]);
        (request.Match.AllTags[0], request.Match.AnyTags[0], request.Match.NoTags[0]).ShouldBe(("x", "y", "z"));
    }

    [Fact]
    public async Task An_empty_match_is_everything()
    {
        await PostAsync("/v1/jobs/bulk", """{"action":"cancel","match":{}}""");
        Dispatcher.Only<BulkRequest>().States.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("null", "invalid_json", null)]
    [InlineData("{", "invalid_json", null)]
    [InlineData("""{"action":"cancel","match":{}} x""", "invalid_json", null)]
    [InlineData("[]", "invalid_field", null)]
    [InlineData("{}", "invalid_field", null)]
    [InlineData("""{"action":"cancel"}""", "invalid_field", null)]
    [InlineData("""{"action":"cancel","match":null}""", "invalid_field", "match")]
    [InlineData("""{"action":"explode","match":{}}""", "invalid_field", "action")]
    [InlineData("""{"action":7,"match":{}}""", "invalid_field", "action")]
    [InlineData("""{"action":"cancel","match":{},"typo":1}""", "unknown_field", "typo")]
    [InlineData("""{"action":"cancel","match":{"worker":{}}}""", "unknown_field", "match.worker")]
    [InlineData("""{"action":"cancel","action":"cancel","match":{}}""", "invalid_field", "action")]
    [InlineData("""{"action":"cancel","match":{"types":["a",""]}}""", "invalid_field", "match.types[1]")]
    [InlineData("""{"action":"cancel","match":{"types":[null]}}""", "invalid_field", "match.types[0]")]
    [InlineData("""{"action":"cancel","match":{"types":[7]}}""", "invalid_field", "match.types[0]")]
    [InlineData("""{"action":"cancel","match":{"types":["\ud800"]}}""", "invalid_field", "match.types[0]")]
    [InlineData("""{"action":"cancel","match":{},"states":["odd"]}""", "invalid_field", "states[0]")]
    [InlineData("""{"action":"cancel","match":{},"states":[]}""", "invalid_field", "states")]
    [InlineData("""{"action":"cancel","match":{},"weight":2}""", "invalid_field", "weight")]
    [InlineData("""{"action":"reweigh","match":{}}""", "invalid_field", "weight")]
    [InlineData("""{"action":"reweigh","match":{},"weight":-1}""", "invalid_field", "weight")]
    [InlineData("""{"action":"reweigh","match":{},"weight":1e400}""", "invalid_field", "weight")]
    [InlineData("""{"action":"reweigh","match":{},"weight":"NaN"}""", "invalid_field", "weight")]
    public async Task A_bad_one_is_refused(string body, string code, string? path)
    {
        await ShouldFailAsync(await PostAsync("/v1/jobs/bulk", body), 400, code, path);
        Dispatcher.Asked.ShouldBeEmpty();
    }
}
