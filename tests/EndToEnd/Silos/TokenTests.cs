using Worcr.Client;
using Worcr.EndToEnd.Python;
using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

/// <summary>A token's worker does what the token is for, as long as it is good.</summary>
public sealed class TokenTests
{
    private static readonly string[] Mail = ["mail"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_works_within_its_scope_and_not_beyond()
    {
        await using var silo = await StartAsync();
        var token = await TokenAsync(silo, new { types = Mail, tags = new[] { "tab" }, slots = 2 });
        await using var worker = await HubWorker.RegisterAsync(silo.Url, Registration(token), Cancel);
        await silo.Api.EnqueueAsync(new { type = "mail" });
        (await worker.NextJobsAsync(Cancel))[0].GetProperty("type").GetString().ShouldBe("mail");
        var seen = (await silo.Api.GetAsync("/v1/workers"))["workers"][0];
        seen.GetProperty("tags")[0].GetString().ShouldBe("tab");
        await ShouldRefuseAsync(worker.InvokeAsync("Slots", Cancel, 3), "forbidden: slots:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Types = ["*"] }, Cancel), "forbidden: types:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Slots = 3 }, Cancel), "forbidden: slots:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Tags = ["premium"] }, Cancel), "forbidden: tags:");

        using var http = new Api(silo.Url, token);
        (await http.PostAsync("/v1/worker/lease", new { worker = "w", types = new[] { "other" } })).ExpectProblem(HttpStatusCode.Forbidden).ShouldBe("forbidden");
        (await http.PostAsync("/v1/worker/lease", new { worker = "w" })).Expect(HttpStatusCode.OK);
        (await http.PostAsync("/v1/ns/other/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await http.PostAsync("/v1/jobs", new { type = "mail" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await http.PostAsync("/v1/tokens", new { types = Mail })).ExpectProblem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_worker_is_warned_before_its_token_ends_and_cut_off_then()
    {
        await using var silo = await StartAsync();
        var token = await TokenAsync(silo, new { types = Mail, ttl = "10s" });
        await using var worker = await HubWorker.RegisterAsync(silo.Url, Registration(token), Cancel);
        (await worker.NextAsync("Drain", Cancel))[0].GetString().ShouldBe("the token expires");
        await EndAsync(worker).OrSay("a worker whose token had ended was never cut off");
        using var late = new Api(silo.Url, token);
        (await late.PostAsync("/v1/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Unauthorized);
    }

    /// <summary>The job outlives the first token: its worker comes back with another one, and the attempt goes on.</summary>
    [Fact]
    public async Task A_dotnet_worker_asks_for_another_token_in_time_and_its_job_goes_on()
    {
        await using var silo = await StartAsync();
        var (tokens, ends) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var options = new WorcrWorkerOptions
        {
            Url = silo.Url,
            Slots = 1,
            KeySource = async _ =>
            {
                if (++tokens == 3) ends.TrySetResult();
                return await TokenAsync(silo, new { types = Mail, ttl = "10s" });
            },
        };
        options.Handle<int>("mail", async (_, _) => await ends.Task);
        await using var worker = new WorcrWorker(options);
        var running = worker.RunAsync(Cancel);
        var id = await silo.Api.EnqueueAsync(new { type = "mail", args = 1 });
        await ends.Task.OrSay("the worker never asked for more tokens");
        var job = await silo.Api.FinishedAsync(id);
        (job.GetProperty("state").GetString(), job.GetProperty("attempt").GetInt32()).ShouldBe(("succeeded", 1));
        await worker.DrainAsync(Cancel);
        await running;
    }

    [Fact]
    public async Task A_python_worker_asks_for_another_token_in_time_and_its_job_goes_on()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        var key = await KeyTests.KeyAsync([], "--role", "admin", "--database-url", url);
        await using var silo = await KeyTests.StartAsync(url, key);
        await using var worker = PythonProgram.Start("python-token-worker.py", silo.Url, key);
        var id = await silo.Api.EnqueueAsync(new { type = "mail", args = 1, timeout = "5m" });
        await worker.LineAsync(line => line == "tokens 3", "that it has asked for a third token");
        var job = await silo.Api.FinishedAsync(id);
        (job.GetProperty("state").GetString(), job.GetProperty("attempt").GetInt32()).ShouldBe(("succeeded", 1));
    }

    internal static async Task<string> TokenAsync(Silo silo, object request) =>
        (await silo.Api.PostAsync("/v1/tokens", request)).Expect(HttpStatusCode.Created)["token"].GetString()!;

    private static async Task EndAsync(HubWorker worker)
    {
        while (await worker.Calls.WaitToReadAsync(Cancel)) worker.Calls.TryRead(out _);
    }

    private static HubRegistration Registration(string token) => new() { Worker = "w", Types = Mail, Slots = 2, Key = token };

    private static async Task ShouldRefuseAsync(Task call, string with) => (await Should.ThrowAsync<HubException>(call)).Message.ShouldContain(with);

    private static async Task<Silo> StartAsync()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        return await KeyTests.StartAsync(url, await KeyTests.KeyAsync([], "--role", "admin", "--database-url", url));
    }
}
