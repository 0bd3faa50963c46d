using System.Text.Json;

namespace Worcr.Unit.Commands;

/// <summary><c>worcr enqueue TYPE</c>.</summary>
public sealed class EnqueueTests
{
    private const string Finished =
        """
        {"id": "0199d0a4-7b1c-7000-8000-000000000001", "state": "STATE", "type": "a", "tags": [], "queue": "default", "weight": 1, "priority": 0,
         "timeout": "30m", "retry": {"maxAttempts": 25}, "attempt": 1, "fails": 0, "createdAt": "2026-12-01T00:00:00.000Z", REST}
        """;

    [Fact]
    public async Task Sends_every_field_and_prints_the_id()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall();

        var exit = await cli.RunAsync(
            "enqueue", "email.send", """{"to": "a@b.c"}""", "--tenant", "acme", "--tag", "x", "--tag", "y", "--queue", "q", "--weight", "2.5", "--priority", "-5",
            "--in", "5m", "--expires-in", "12h", "--timeout", "30s", "--slo", "10s", "--max-attempts", "3", "--unique", "k", "--order-key", "o",
            "--id", "0199d0a4-7b1c-7000-8000-000000000009", "--url", server.Url.ToString(), "--key", "secret", "--namespace", "n 1");

        exit.ShouldBe(0, cli.Error);
        cli.Out.Trim().ShouldBe("0199d0a4-7b1c-7000-8000-000000000001");
        var request = server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/v1/ns/n%201/jobs");
        request.Authorization.ShouldBe("Bearer secret");
        using var sent = JsonDocument.Parse(request.Body);
        using var expected = JsonDocument.Parse(
            """
            {"type": "email.send", "args": {"to": "a@b.c"}, "tenant": "acme", "tags": ["x", "y"], "queue": "q", "weight": 2.5, "priority": -5,
             "slo": "10s", "delay": "5m", "expiresIn": "12h", "timeout": "30s", "retry": {"maxAttempts": 3}, "unique": {"key": "k"},
             "orderKey": "o", "id": "0199d0a4-7b1c-7000-8000-000000000009"}
            """);
        JsonElement.DeepEquals(sent.RootElement, expected.RootElement).ShouldBeTrue(request.Body);
    }

    [Fact]
    public async Task Takes_url_key_and_namespace_from_the_environment()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Environment = { ["WORCR_URL"] = server.Url.ToString(), ["WORCR_KEY"] = "k", ["WORCR_NAMESPACE"] = "other" } };

        (await cli.RunAsync("enqueue", "a")).ShouldBe(0, cli.Error);

        server.Requests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            request => request.Path.ShouldBe("/v1/ns/other/jobs"), request => request.Authorization.ShouldBe("Bearer k"));
    }

    [Fact]
    public async Task Reads_arguments_from_standard_input()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Input = "[1, 2]\n" };

        (await cli.RunAsync("enqueue", "a", "-", "--url", server.Url.ToString())).ShouldBe(0, cli.Error);

        server.Requests.ShouldHaveSingleItem().Body.ShouldContain("[1, 2]");
    }

    [Fact]
    public async Task Says_what_the_server_refused()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.BadField("tags[0]", "too long"));
        var cli = new CliCall();

        (await cli.RunAsync("enqueue", "a", "--url", server.Url.ToString())).ShouldBe(1);

        cli.Error.ShouldBe("worcr: tags[0]: too long (invalid_field)\n");
    }

    [Fact]
    public async Task Says_when_nothing_answers()
    {
        var cli = new CliCall();

        (await cli.RunAsync("enqueue", "a", "--url", "http://127.0.0.1:1")).ShouldBe(1);

        cli.Error.ShouldContain("is a silo running?");
        cli.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Waits_and_prints_the_result()
    {
        await using var server = FakeServer.Start(_ => new FakeAnswer(200, Done("succeeded", "\"result\": {\"sum\": 3}")));
        var cli = new CliCall();

        (await cli.RunAsync("enqueue", "a", "--wait", "30s", "--url", server.Url.ToString())).ShouldBe(0, cli.Error);

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/v1/jobs?wait=30s");
        cli.Out.Trim().ShouldBe("""{"sum": 3}""");
    }

    [Theory]
    [InlineData(200, "dead", "is dead: no luck (E1)")]
    [InlineData(202, "running", "has not finished within 2s")]
    public async Task Fails_when_the_awaited_job_did(int status, string state, string says)
    {
        await using var server = FakeServer.Start(_ => new FakeAnswer(status, Done(state, "\"error\": {\"code\": \"E1\", \"message\": \"no luck\"}")));
        var cli = new CliCall();

        (await cli.RunAsync("enqueue", "a", "--wait", "2s", "--url", server.Url.ToString())).ShouldBe(1);

        cli.Error.ShouldContain(says);
        cli.Out.ShouldBeEmpty();
    }

    private static string Done(string state, string rest) =>
        Finished.Replace("STATE", state, StringComparison.Ordinal).Replace("REST", rest, StringComparison.Ordinal);
}
