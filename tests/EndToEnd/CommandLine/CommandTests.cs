namespace Worcr.EndToEnd.CommandLine;

/// <summary>The executable as a person at a terminal meets it.</summary>
public sealed class CommandTests(SharedSilos silos)
{
    [Theory]
    [InlineData("--help", "serve", "enqueue", "work", "demo", "migrate")]
    [InlineData("enqueue --help", "--tenant", "--wait", "--file")]
    [InlineData("work --help", "--type", "--exec", "--slots")]
    [InlineData("serve --help", "serve")]
    public async Task Help_names_what_there_is(string arguments, params string[] expected)
    {
        var (code, output) = await Command.RunAsync([.. arguments.Split(' ')]);
        code.ShouldBe(0, output);
        foreach (var word in expected) output.ShouldContain(word);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output) = await Command.RunAsync("--version");
        code.ShouldBe(0, output);
        output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+\S*$");
    }

    [Theory]
    [InlineData("explode")]
    [InlineData("enqueue")]
    [InlineData("enqueue x --weight heavy")]
    [InlineData("work --exec true")]
    public async Task A_wrong_command_is_explained_and_fails(string arguments)
    {
        var (code, output) = await Command.RunAsync([.. arguments.Split(' ')]);
        code.ShouldNotBe(0);
        output.Trim().ShouldNotBeEmpty();
        output.ShouldNotContain("   at ", Case.Sensitive, "a mistake of the user is no stack trace");
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_said_plainly()
    {
        var (code, output) = await Command.RunAsync("enqueue", "x", "--url", $"http://127.0.0.1:{Places.FreePort()}");
        code.ShouldNotBe(0);
        output.ShouldContain("127.0.0.1");
        output.ShouldNotContain("   at ", Case.Sensitive, "a silo that is away is no stack trace");
    }

    [Theory, EveryStore]
    public async Task Enqueue_sends_one_job_and_can_wait_for_it(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("cli");
        var running = Command.RunAsync("enqueue", type, """{"n":6}""", "--tenant", "acme", "--tag", "premium", "--wait", "30s", "--url", silo.Url.ToString());
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        job.Tenant.ShouldBe("acme");
        job.Args.GetProperty("n").GetInt32().ShouldBe(6);
        await worker.CompleteAsync(job, new { square = 36 });
        var (code, output) = await running.OrSay("worcr enqueue --wait never came back", Patience.Process);
        code.ShouldBe(0, output);
        output.ShouldContain("36");
    }

    [Theory, EveryStore]
    public async Task Enqueue_sends_a_file_of_many_jobs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("file");
        var file = Path.Combine(Places.NewFolder(), "jobs.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 12_000).Select(_ => $$"""{"type":"{{type}}"}"""), TestContext.Current.CancellationToken);
        var (code, output) = await Command.RunAsync("enqueue", "--file", file, "--url", silo.Url.ToString());
        code.ShouldBe(0, output);
        (await silo.Api.ListAsync($"type={type}")).Count.ShouldBe(12_000);
    }

    [Fact]
    public async Task The_demo_serves_and_ends_when_asked()
    {
        await using var demo = Child.Start(new ChildSpec
        {
            Name = "worcr demo",
            Program = "dotnet",
            Arguments = [Places.Worcr, "demo"],
            Environment = new Dictionary<string, string> { ["WORCR_URLS"] = $"http://127.0.0.1:{Places.FreePort()}" },
            Folder = Places.NewFolder(),
        });
        var line = await demo.LineAsync(l => l.Contains("http://127.0.0.1:", StringComparison.Ordinal), "where it serves");
        var url = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0]);
        using var api = new Api(url);
        await SomethingSucceedsAsync(api);
        demo.Interrupt();
        (await demo.ExitAsync()).ShouldBe(0, demo.Output);
    }

    private static async Task SomethingSucceedsAsync(Api api)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        while (true)
        {
            var page = await api.GetAsync("/v1/jobs?state=succeeded&limit=1");
            if (page.Status == HttpStatusCode.OK && page["jobs"].GetArrayLength() > 0) return;
            if (Environment.TickCount64 > deadline) throw new TimeoutException("The demo's workers never finished a job.");
        }
    }
}
