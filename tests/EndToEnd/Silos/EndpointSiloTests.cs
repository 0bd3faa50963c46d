using Worcr.Testing.Tls;

namespace Worcr.EndToEnd.Silos;

/// <summary>Endpoints of a silo that stops, dies, or allows no address but public ones.</summary>
public sealed class EndpointSiloTests
{
    [Theory, EveryStore]
    public async Task After_kill_9_what_was_sent_is_sent_again_and_what_goes_on_may_report(StoreKind store)
    {
        await using var silo = await StartAsync(store);
        await using var target = await PushTarget.StartAsync();
        await MakeAsync(silo, target);
        var (sent, goingOn) = (await silo.Api.EnqueueAsync(new { type = "t" }), await silo.Api.EnqueueAsync(new { type = "t" }));
        var requests = new[] { await target.NextAsync(), await target.NextAsync() }.ToDictionary(r => r.Job.Id);
        var lease = requests[goingOn].Job.Lease;
        requests[goingOn].Answer(202);
        await AcceptedAsync(silo, 2);

        await silo.KillAsync();
        await silo.RestartAsync();

        var again = await target.NextAsync();
        (again.Job.Id, again.Job.Attempt).ShouldBe((sent, 2));
        again["webhook-id"].ShouldNotBe(requests[sent]["webhook-id"]);
        again.Answer(200, "2");
        (await silo.Api.FinishedAsync(sent)).GetProperty("result").GetInt32().ShouldBe(2);
        (await silo.Api.StateAsync(goingOn)).ShouldBe("running");
        var report = await silo.Api.PostAsync("/v1/worker/report", new { reports = new[] { new { lease, outcome = "complete", result = 1 } } });
        report.Expect(HttpStatusCode.OK)["results"][0].GetString().ShouldBe("ok");
        (await silo.Api.FinishedAsync(goingOn)).GetProperty("attempt").GetInt32().ShouldBe(1);
        target.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task A_silo_that_drains_waits_for_answers()
    {
        await using var silo = await StartAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        await MakeAsync(silo, target);
        var id = await silo.Api.EnqueueAsync(new { type = "t" });
        var request = await target.NextAsync();
        silo.Terminate();
        await DrainingAsync(silo);
        request.Answer(200, "1");
        (await silo.ExitAsync()).ShouldBe(0, silo.Output);
        await silo.RestartAsync();
        var job = await silo.Api.JobAsync(id);
        (job.GetProperty("state").GetString(), job.GetProperty("attempt").GetInt32()).ShouldBe(("succeeded", 1));
    }

    [Fact]
    public async Task What_is_not_answered_in_time_for_the_end_is_given_back()
    {
        await using var silo = await StartAsync(StoreKind.Sqlite, ("WORCR_DRAIN_TIMEOUT", "500ms"));
        await using var target = await PushTarget.StartAsync();
        await MakeAsync(silo, target);
        var id = await silo.Api.EnqueueAsync(new { type = "t" });
        var request = await target.NextAsync();
        silo.Terminate();
        await request.Aborted.OrSay("the request was not ended");
        (await silo.ExitAsync()).ShouldBe(0, silo.Output);
        await silo.RestartAsync();
        var again = await target.NextAsync();
        (again.Job.Id, again.Job.Attempt).ShouldBe((id, 2));
        again.Answer(200);
        (await silo.Api.FinishedAsync(id)).GetProperty("attempts")[0].GetProperty("outcome").GetString().ShouldBe("yield");
    }

    [Fact]
    public async Task After_a_restart_endpoints_of_every_namespace_are_sent_jobs_without_a_request()
    {
        await using var silo = await StartAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        (await silo.Api.PutAsync("/v1/ns/other/endpoints/e", new { url = target.Url, types = new[] { "t" }, paused = true })).Expect(HttpStatusCode.Created)["state"].GetString().ShouldBe("paused");
        var id = (await silo.Api.PostAsync("/v1/ns/other/jobs", new { type = "t" })).Expect(HttpStatusCode.Created)["id"].GetString();
        target.Unread.ShouldBe(0);
        await silo.KillAsync();
        await silo.RestartAsync();
        (await silo.Api.PutAsync("/v1/ns/other/endpoints/e", new { url = target.Url, types = new[] { "t" } })).Expect(HttpStatusCode.OK);
        await target.NextAsync();
        await silo.KillAsync();
        await silo.RestartAsync();
        var request = await target.NextAsync();
        (request.Job.Id, request["worcr-callback"]).ShouldBe((id, silo.Url + "v1/ns/other/worker"));
        request.Answer(200);
    }

    [Fact]
    public async Task With_keys_a_callback_needs_one()
    {
        const string Key = "0123456789abcdef0123456789abcdef";
        await using var silo = await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite),
            Key = Key,
            Environment = new Dictionary<string, string> { ["WORCR_PUSH_ALLOW"] = "loopback", ["WORCR_AUTH"] = "keys", ["WORCR_BOOTSTRAP_KEY"] = Key },
        });
        await using var target = await PushTarget.StartAsync();
        await MakeAsync(silo, target);
        var id = await silo.Api.EnqueueAsync(new { type = "t" });
        var request = await target.NextAsync();
        request.Answer(202);
        var report = new { reports = new[] { new { lease = request.Job.Lease, outcome = "complete" } } };
        using var stranger = new Api(new Uri(request["worcr-callback"] + "/"));
        (await stranger.PostAsync("report", report)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var known = new Api(new Uri(request["worcr-callback"] + "/"), Key);
        (await known.PostAsync("report", report)).Expect(HttpStatusCode.OK)["results"][0].GetString().ShouldBe("ok");
        (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Addresses_that_are_not_public_are_refused_by_default()
    {
        await using var silo = await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite) });
        await using var target = await PushTarget.StartAsync();
        foreach (var url in (string[])[target.Url, "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest", "http://10.0.0.1/"])
        {
            var refused = await silo.Api.PutAsync("/v1/endpoints/e", new { url, types = new[] { "t" } });
            refused.ExpectProblem(HttpStatusCode.BadRequest).ShouldBe("invalid_field");
            refused["errors"][0].GetProperty("path").GetString().ShouldBe("url");
        }

        var byName = target.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        (await silo.Api.PutAsync("/v1/endpoints/e", new { url = byName, types = new[] { "t" } })).Expect(HttpStatusCode.Created);
        var id = await silo.Api.EnqueueAsync(new { type = "t", retry = new { maxAttempts = 1 } });
        (await silo.Api.FinishedAsync(id)).GetProperty("error").GetProperty("code").GetString().ShouldBe("refused_address");
        target.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_never_again()
    {
        await using var silo = await StartAsync(StoreKind.Sqlite, ("WORCR_LOG", "trace"));
        await using var target = await PushTarget.StartAsync();
        var made = await MakeAsync(silo, target);
        var secret = made["secret"].GetString().ShouldNotBeNull();
        var id = await silo.Api.EnqueueAsync(new { type = "t" });
        var request = await target.NextAsync();
        request.ShouldBeSignedWith(secret);
        request.Answer(200);
        await silo.Api.FinishedAsync(id);
        string[] seen =
        [
            (await silo.Api.PutAsync("/v1/endpoints/e", new { url = target.Url, types = new[] { "t" } })).Expect(HttpStatusCode.OK).Text,
            (await silo.Api.GetAsync("/v1/endpoints/e")).Text,
            (await silo.Api.GetAsync("/v1/endpoints")).Text,
            (await silo.Api.GetAsync($"/v1/jobs/{id}")).Text,
            (await silo.Api.GetAsync("/v1/workers")).Text,
            (await silo.Api.GetAsync("/metrics")).Text,
            (await RunAsync(silo, "export")).Output,
            silo.Output,
        ];
        foreach (var text in seen) text.ShouldNotContain(secret["whsec_".Length..]);
        var after = await silo.Api.EnqueueAsync(new { type = "t" });
        (await target.NextAsync()).ShouldBeSignedWith(secret);
        after.ShouldNotBe(id);
    }

    [Fact]
    public async Task Apply_makes_endpoints_and_tells_a_new_secret()
    {
        await using var silo = await StartAsync(StoreKind.Sqlite);
        var file = Path.Combine(Places.NewFolder(), "rules.json");
        await WriteAsync(file, """{"endpoints": {"e": {"url": "https://example.com/", "types": ["t"]}}}""");
        var (dry, shown) = await RunAsync(silo, "apply", "-f", file, "--dry-run");
        (dry, shown.Contains("+ endpoints/e", StringComparison.Ordinal), shown.Contains("whsec_", StringComparison.Ordinal)).ShouldBe((2, true, false), shown);
        var (code, made) = await RunAsync(silo, "apply", "-f", file);
        code.ShouldBe(0, made);
        made.ShouldContain("secret, shown only now: whsec_");

        (_, var exported) = await RunAsync(silo, "export");
        exported.ShouldContain("\"https://example.com/\"");
        exported.ShouldNotContain("secret");
        await WriteAsync(file, exported);
        (await RunAsync(silo, "apply", "-f", file, "--dry-run")).ShouldBe((0, "nothing would change"));

        await WriteAsync(file, """{"endpoints": {"e": {"url": "https://example.com/", "types": ["t"], "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}}""");
        (_, var changed) = await RunAsync(silo, "apply", "-f", file);
        changed.ShouldContain("~ endpoints/e  secretDigest:");
        changed.ShouldNotContain("whsec_");
        (await RunAsync(silo, "apply", "-f", file)).ShouldBe((0, "nothing to change"));
    }

    [Fact]
    public async Task An_endpoint_with_a_certificate_of_its_own_is_refused_until_its_authority_is_trusted()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var target = await PushTarget.StartAsync(certificate);
        var database = await Databases.NewAsync(StoreKind.Sqlite);
        var environment = new Dictionary<string, string> { ["WORCR_PUSH_ALLOW"] = "loopback" };
        string id;
        await using (var silo = await Silo.StartAsync(new SiloSpec { DatabaseUrl = database, Environment = environment }))
        {
            await MakeAsync(silo, target);
            id = await silo.Api.EnqueueAsync(new { type = "t", retry = new { backoff = "fixed", @base = "1s" } });
            var attempt = await AttemptAsync(silo, id);
            attempt.GetProperty("error").GetProperty("code").GetString().ShouldBe("unreachable");
            attempt.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("certificate");
            target.Unread.ShouldBe(0);
            silo.Terminate();
            await silo.ExitAsync();
        }

        environment["WORCR_PUSH_CA"] = Path.Combine(Places.NewFolder(), "ca.pem");
        await File.WriteAllTextAsync(environment["WORCR_PUSH_CA"], authority.Pem, TestContext.Current.CancellationToken);
        await using var trusting = await Silo.StartAsync(new SiloSpec { DatabaseUrl = database, Environment = environment });
        (await target.NextAsync()).Answer(200, "1");
        (await trusting.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    /// <summary>The first attempt of a job, once it has ended.</summary>
    private static async Task<JsonElement> AttemptAsync(Silo silo, string id)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Event.TotalMilliseconds;
        while (true)
        {
            var job = await silo.Api.JobAsync(id);
            if (job.TryGetProperty("attempts", out var attempts) && attempts.GetArrayLength() > 0) return attempts[0];
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"The job was never tried: {job}");
        }
    }

    private static async Task<Silo> StartAsync(StoreKind store, params (string Name, string Value)[] more)
    {
        Databases.Need(store);
        var environment = new Dictionary<string, string> { ["WORCR_PUSH_ALLOW"] = "loopback" };
        foreach (var (name, value) in more) environment[name] = value;
        return await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(store), Environment = environment });
    }

    private static async Task<Reply> MakeAsync(Silo silo, PushTarget target) =>
        (await silo.Api.PutAsync("/v1/endpoints/e", new { url = target.Url, types = new[] { "t" }, slots = 2 })).Expect(HttpStatusCode.Created);

    /// <summary>The silo has taken in that a job goes on by itself: of the requests one is counted as answered.</summary>
    private static async Task AcceptedAsync(Silo silo, int inFlight)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Event.TotalMilliseconds;
        while (true)
        {
            var endpoint = (await silo.Api.GetAsync("/v1/endpoints/e")).Json;
            if (endpoint.GetProperty("delivered").GetInt32() == 1)
            {
                endpoint.GetProperty("inFlight").GetInt32().ShouldBe(inFlight);
                await silo.Api.EnqueueAsync(new { type = "after" }); // durable, and so is all that came before it
                return;
            }

            if (Environment.TickCount64 > deadline) throw new TimeoutException($"The answer 202 was never counted: {endpoint}");
        }
    }

    private static async Task DrainingAsync(Silo silo)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Event.TotalMilliseconds;
        while ((await silo.Api.GetAsync("/readyz")).Status == HttpStatusCode.OK)
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException("The silo never said that it drains.");
        }
    }

    private static Task WriteAsync(string file, string text) => File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

    private static async Task<(int Code, string Output)> RunAsync(Silo silo, params string[] arguments)
    {
        await using var child = Child.Start(new ChildSpec { Name = "worcr", Program = "dotnet", Arguments = [Places.Worcr, .. arguments, "--url", silo.Url.ToString()], Folder = Places.NewFolder() });
        return (await child.ExitAsync(), child.Output);
    }
}
