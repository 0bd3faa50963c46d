using System.Text;
using Worcr.SiloHost.Commands.Enqueue;

namespace Worcr.Unit.Commands;

/// <summary><c>worcr enqueue --file</c>.</summary>
public sealed class EnqueueFileTests
{
    [Fact]
    public async Task Sends_a_file_in_chunks_in_order()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Input = string.Concat(Enumerable.Range(0, 2_500).Select(i => $"{{\"type\": \"a\", \"args\": {i}}}\n")) };

        (await cli.RunAsync("enqueue", "--file", "-", "--url", server.Url.ToString())).ShouldBe(0, cli.Error);

        server.Requests.Select(request => request.Lines.Length).ShouldBe([1_000, 1_000, 500]);
        server.Requests.ShouldAllBe(request => request.ContentType == "application/x-ndjson");
        server.Requests.SelectMany(request => request.Lines).ShouldBe(cli.Input.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        cli.Error.ShouldContain("enqueued 2,500 jobs from standard input");
    }

    [Theory]
    [InlineData("nonsense", "not JSON at byte")]
    [InlineData("[1]", "not a JSON object but an array")]
    [InlineData("{\"args\": 1}", "no \"type\"")]
    [InlineData("{\"type\": 7}", "\"type\" is not a string")]
    [InlineData("{\"type\": \"a\"} {\"type\": \"b\"}", "not JSON at byte")]
    public async Task A_bad_line_is_named_and_ends_the_run_after_the_lines_before_it(string bad, string says)
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Input = $"{{\"type\": \"a\"}}\n\n{{\"type\": \"b\"}}\n{bad}\n{{\"type\": \"c\"}}\n" };

        (await cli.RunAsync("enqueue", "--file", "-", "--url", server.Url.ToString())).ShouldBe(1);

        cli.Error.ShouldContain("standard input:4: ");
        cli.Error.ShouldContain(says);
        cli.Error.ShouldContain("2 jobs, all up to line 3, are enqueued (go on with --from-line 4)");
        server.Requests.ShouldHaveSingleItem().Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Skip_bad_reports_every_bad_line_and_sends_the_rest()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Input = "{\"type\": \"a\"}\nbad\n{\"type\": \"b\"}\n7\n{\"type\": \"c\"}" };

        (await cli.RunAsync("enqueue", "--file", "-", "--skip-bad", "--url", server.Url.ToString())).ShouldBe(1);

        cli.Error.ShouldContain("standard input:2: ");
        cli.Error.ShouldContain("standard input:4: ");
        cli.Error.ShouldContain("enqueued 3 jobs");
        cli.Error.ShouldContain("2 bad lines passed over");
        server.Requests.Sum(request => request.Lines.Length).ShouldBe(3);
    }

    [Fact]
    public async Task A_job_that_the_server_refuses_is_named_by_its_line()
    {
        await using var server = FakeServer.Start(request =>
            Array.FindIndex(request.Lines, line => line.Contains("wrong", StringComparison.Ordinal)) is var index and >= 0
                ? FakeAnswer.BadField($"[{index}].type", "too long")
                : FakeAnswer.Created);
        var input = "{\"type\": \"a\"}\n\n{\"type\": \"wrong\"}\n{\"type\": \"b\"}\n";
        var first = new CliCall { Input = input };
        var second = new CliCall { Input = input };

        (await first.RunAsync("enqueue", "--file", "-", "--url", server.Url.ToString())).ShouldBe(1);
        (await second.RunAsync("enqueue", "--file", "-", "--skip-bad", "--url", server.Url.ToString())).ShouldBe(1);

        first.Error.ShouldContain("standard input:3: [1].type: too long");
        first.Error.ShouldContain("0 jobs");
        second.Error.ShouldContain("enqueued 2 jobs");
        server.Requests[^1].Lines.ShouldBe(["{\"type\": \"a\"}", "{\"type\": \"b\"}"]);
    }

    [Fact]
    public async Task Goes_on_from_a_line()
    {
        await using var server = FakeServer.Start(_ => FakeAnswer.Created);
        var cli = new CliCall { Input = "bad\n{\"type\": \"a\"}\n{\"type\": \"b\"}\n" };

        (await cli.RunAsync("enqueue", "--file", "-", "--from-line", "3", "--url", server.Url.ToString())).ShouldBe(0, cli.Error);

        server.Requests.ShouldHaveSingleItem().Lines.ShouldBe(["{\"type\": \"b\"}"]);
    }

    [Fact]
    public async Task Waits_when_the_server_is_at_capacity()
    {
        var calls = 0;
        await using var server = FakeServer.Start(_ => ++calls == 1 ? new FakeAnswer(429, "{}", RetryAfter: 0) : FakeAnswer.Created);
        var cli = new CliCall { Input = "{\"type\": \"a\"}\n" };

        (await cli.RunAsync("enqueue", "--file", "-", "--url", server.Url.ToString())).ShouldBe(0, cli.Error);

        calls.ShouldBe(2);
    }

    [Fact]
    public async Task Says_when_there_is_no_file()
    {
        var cli = new CliCall();

        (await cli.RunAsync("enqueue", "--file", "/no/such/file")).ShouldBe(1);

        cli.Error.ShouldContain("/no/such/file");
        cli.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_line_without_end_takes_bounded_memory()
    {
        var reader = new NdjsonReader(new EndlessStream(64 * 1024 * 1024), new NdjsonLimits { MaxLineBytes = 1024 * 1024 });
        var before = GC.GetAllocatedBytesForCurrentThread();

        var chunks = await reader.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        chunks.ShouldHaveSingleItem().Bad!.Reason.ShouldContain("longer than 1,048,576 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * 1024 * 1024);
    }

    [Fact]
    public async Task Chunks_end_by_size_too()
    {
        var line = $"{{\"type\": \"{new string('x', 1_000)}\"}}\n";
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 100))));
        var reader = new NdjsonReader(input, new NdjsonLimits { MaxBytes = 10_000 });

        var chunks = await reader.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        chunks.Count.ShouldBe(10);
        chunks.Sum(chunk => chunk.Jobs.Count).ShouldBe(100);
        chunks[^1].BytesRead.ShouldBe(input.Length);
    }

    [Fact]
    public async Task Progress_off_a_terminal_is_a_line_a_second()
    {
        var cli = new CliCall();
        var clock = new ManualClock();

        await new EnqueueProgress(cli.Io(), 4_000, clock).RunAsync(report =>
        {
            report(new EnqueueCount(10, 1_000));
            clock.Advance(TimeSpan.FromSeconds(1));
            report(new EnqueueCount(20, 2_000));
            report(new EnqueueCount(30, 3_000));
            clock.Advance(TimeSpan.FromSeconds(1));
            report(new EnqueueCount(40, 4_000));
            return Task.FromResult(0);
        });

        cli.Error.ShouldBe("enqueued 20 jobs (50%), 20/s\nenqueued 40 jobs (100%), 20/s\n");
    }
}
