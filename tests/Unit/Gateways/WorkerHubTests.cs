using System.Text;
using System.Text.Json;
using Worcr.Grains;

namespace Worcr.Unit.Gateways;

/// <summary>The hub as a worker in any language sees it.</summary>
public sealed class WorkerHubTests
{
    [Fact]
    public async Task A_job_is_run_and_reported()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.ConnectAsync(host.Url);
        var registered = await worker.CallAsync("Register", new { worker = "w1", types = new[] { "email.send" }, tags = new[] { "eu" }, queues = Array.Empty<string>(), slots = 2, prefetch = (int?)null, held = Array.Empty<string>() });
        registered["result"]!["accepted"]!.AsArray().Count.ShouldBe(0);
        ((long)registered["result"]!["heartbeat"]!).ShouldBe(10_000);
        ((long)registered["result"]!["session"]!).ShouldBe(1);

        host.Dispatcher.Add(1, "email.send", """{"to":"a@b.c","deep":[1,{"x":null}]}""", 30_000);
        var job = (await worker.ServerCallAsync("Run"))[0]![0]!;
        job["args"]!.ToJsonString().ShouldBe("""{"to":"a@b.c","deep":[1,{"x":null}]}""");
        ((string)job["type"]!).ShouldBe("email.send");
        ((string)job["tenant"]!).ShouldBe("acme");
        ((string)job["timeout"]!).ShouldBe("30s");
        ((int)job["attempt"]!).ShouldBe(1);
        job["tags"]!.AsArray().Count.ShouldBe(2);

        var answer = await worker.CallAsync("Report", (object)new object[] { new { lease = (string)job["lease"]!, outcome = "complete", result = new { ok = true }, ms = 1.5 } });
        answer["result"]!.ToJsonString().ShouldBe("""["ok"]""");
        var report = host.Dispatcher.Reports.ShouldHaveSingleItem();
        report.Outcome.ShouldBe(ReportOutcome.Complete);
        report.Result.ShouldBe("""{"ok":true}"""u8.ToArray());
        report.RunMs.ShouldBe(1.5);
        var request = host.Dispatcher.Registrations.ShouldHaveSingleItem();
        (request.Worker, request.Slots, request.Prefetch, request.Transport).ShouldBe(("w1", 2, null, "signalr"));
    }

    [Fact]
    public async Task A_lease_that_is_not_held_is_stale()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.Add(1);
        var lease = (await worker.RunAsync())[0];
        var answer = await worker.CallAsync("Report", (object)new object[]
        {
            new { lease = "7-1-00000000", outcome = "complete" }, new { lease, outcome = "yield" }, new { lease, outcome = "complete" },
        });
        answer["result"]!.ToJsonString().ShouldBe("""["stale","ok","stale"]""");
    }

    /// <summary>SignalR starts parallel calls one after the other, each up to where it waits first; by then the dispatcher has it.</summary>
    [Fact]
    public async Task Calls_of_one_connection_reach_the_dispatcher_in_their_order()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.Add(1);
        var lease = (await worker.RunAsync())[0];
        var lines = Enumerable.Range(0, 1_000).Select(n => $"line {n}").ToArray();
        var records = lines.Select(line => $$"""{"type":1,"target":"Log","arguments":["{{lease}}","info","{{line}}"]}""" + '\u001e');
        await worker.SendBytesAsync(Encoding.UTF8.GetBytes(string.Concat(records)));
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Notes.Count == lines.Length, "all lines arrive");
        host.Dispatcher.Notes.Cast<NoteRequest.Log>().Select(l => l.Line).ShouldBe(lines);
    }

    [Fact]
    public async Task Arguments_may_come_before_the_target()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.Add(1);
        var lease = (await worker.RunAsync())[0];
        await worker.SendAsync($$"""{"arguments":[[{"unknown":{"a":[1]},"error":{"final":true,"code":"429","message":"later","retryAfter":"5s"},"outcome":"fail","lease":"{{lease}}"}]],"invocationId":"a","target":"Report","type":1}""");
        (await worker.CompletionAsync("a"))["result"]!.ToJsonString().ShouldBe("""["ok"]""");
        host.Dispatcher.Reports[0].Error.ShouldBe(new JobError("429", "later", 5_000, true));
    }

    [Theory]
    [InlineData("""{}""", "invalid_field: reports:")]
    [InlineData("""[7]""", "invalid_field: reports[0]:")]
    [InlineData("""[{}]""", "invalid_field: reports[0].lease:")]
    [InlineData("""[{"lease":"nonsense","outcome":"complete"}]""", "invalid_field: reports[0].lease:")]
    [InlineData("""[{"lease":"1-1-00000000"}]""", "invalid_field: reports[0].outcome:")]
    [InlineData("""[{"lease":"1-1-00000000","outcome":"won"}]""", "invalid_field: reports[0].outcome:")]
    [InlineData("""[{"lease":"1-1-00000000","outcome":"fail","error":"no"}]""", "invalid_field: reports[0].error:")]
    [InlineData("""[{"lease":"1-1-00000000","outcome":"fail","error":{"retryAfter":"soon"}}]""", "invalid_field: reports[0].error.retryAfter:")]
    [InlineData("""[{"lease":"1-1-00000000","outcome":"fail","error":{"message":"\ud800"}}]""", "invalid_field: reports[0].error.message:")]
    [InlineData("""[{"lease":"1-1-00000000","outcome":"complete","ms":-1}]""", "invalid_field: reports[0].ms:")]
    public async Task A_malformed_report_is_refused_with_its_place(string reports, string error)
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        await worker.SendAsync($$"""{"type":1,"invocationId":"a","target":"Report","arguments":[{{reports}}]}""");
        ((string)(await worker.CompletionAsync("a"))["error"]!).ShouldContain("HubException: " + error);
        host.Dispatcher.Reports.ShouldBeEmpty();
        (await worker.CallAsync("Heartbeat"))["error"].ShouldBeNull();
    }

    [Fact]
    public async Task More_than_the_bounds_allow_is_too_large()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        var many = Enumerable.Repeat(new { lease = "1-1-00000000", outcome = "complete" }, 1_001);
        ErrorOf(await worker.CallAsync("Report", many)).ShouldContain("too_large: reports:");
        var big = new { lease = "1-1-00000000", outcome = "complete", result = new string('x', 1024 * 1024) };
        ErrorOf(await worker.CallAsync("Report", (object)new[] { big })).ShouldContain("too_large: reports[0].result:");
        ErrorOf(await worker.CallAsync("Slots", 10_001)).ShouldContain("invalid_field: slots:");
    }

    [Theory]
    [InlineData("""{"worker":"","types":["*"]}""", "worker")]
    [InlineData("""{"worker":"w","types":[]}""", "types")]
    [InlineData("""{"worker":"w","types":["*"],"slots":-1}""", "slots")]
    [InlineData("""{"worker":"w","types":["*"],"prefetch":-1}""", "prefetch")]
    [InlineData("""{"worker":"w","types":["*"],"held":["x"]}""", "held[0]")]
    [InlineData("""{"worker":"w","types":[null]}""", "types[0]")]
    [InlineData("""{"worker":7}""", "arguments")]
    [InlineData("""null""", "registration")]
    public async Task A_malformed_registration_is_refused_and_can_be_mended(string registration, string field)
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.ConnectAsync(host.Url);
        ErrorOf(await worker.CallAsync("Register", JsonDocument.Parse(registration).RootElement)).ShouldContain($"invalid_field: {field}:");
        (await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } }))["error"].ShouldBeNull();
        host.Dispatcher.Registrations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_there_or_not_yet_is_said()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.ConnectAsync(host.Url);
        ErrorOf(await worker.CallAsync("Heartbeat")).ShouldContain("not_registered: ");
        ErrorOf(await worker.CallAsync("Explode", 1)).ShouldContain("unknown_method: There is no method Explode");
        ErrorOf(await worker.CallAsync("Slots", "many")).ShouldContain("invalid_field: arguments: ");
        ErrorOf(await worker.CallAsync("Acquire", "1-1-00000000", "limit", null, 1, "1s")).ShouldContain("not_registered: ");
        await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } });
        ErrorOf(await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } })).ShouldContain("not_registered: ");
    }

    [Fact]
    public async Task Who_waits_for_a_limit_holds_up_nobody_and_leaves_with_the_connection()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        for (var i = 0; i < 20; i++) await worker.SendAsync($$"""{"type":1,"invocationId":"a{{i}}","target":"Acquire","arguments":["1-1-00000000","limit","key",1,"60s"]}""");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Acquirers.Count == 20, "all of them wait");
        (await worker.CallAsync("Log", "1-1-00000000", "info", "line"))["result"].ShouldNotBeNull();
        host.Dispatcher.Grant();
        ((bool)(await worker.NextCompletionAsync())["result"]!).ShouldBeTrue();
        worker.Dispose();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Acquirers.Count == 0, "nobody waits any more");
    }

    [Fact]
    public async Task A_namespace_that_is_no_name_is_refused()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.ConnectAsync(host.Url, "ns=No%20Name");
        ErrorOf(await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } })).ShouldContain("invalid_parameter: namespace:");
    }

    [Fact]
    public async Task Too_many_faulty_calls_end_the_connection()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        for (var i = 0; i < 99; i++) await worker.CallAsync("Explode");
        await worker.SendAsync("""{"type":1,"target":"Explode","arguments":[]}""");
        await worker.EndAsync();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Sessions == 0, "the session of the cut off worker is detached");
    }

    [Fact]
    public async Task A_message_beyond_four_mebibytes_ends_the_connection()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        _ = worker.SendBytesAsync(new byte[5 * 1024 * 1024]).ContinueWith(static sent => sent.Exception, TaskScheduler.Default);
        await worker.EndAsync();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Sessions == 0, "the session of the cut off worker is detached");
    }

    [Fact]
    public async Task What_is_no_hub_message_ends_the_connection()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        await worker.SendAsync("""{"type":1,"target":"Report","arguments":[[{]}""");
        await worker.EndAsync();
    }

    [Fact]
    public async Task A_worker_that_never_reads_is_cut_off_and_holds_up_nobody()
    {
        await using var host = await GatewayHost.StartAsync(options => (options.SendTimeout, options.BufferBytes) = (TimeSpan.FromMilliseconds(300), 4_096));
        using var deaf = await RawHub.RegisterAsync(host.Url, 500, "deaf");
        host.Dispatcher.Add(200, args: $"\"{new string('x', 200_000)}\"");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.SessionCalls.Any(call => call is { Session: 1, Action: SessionAction.Detach }), "the worker that never reads is detached");
        host.Dispatcher.Live.ShouldBe(200);

        using var other = await RawHub.RegisterAsync(host.Url, 1, "other");
        host.Dispatcher.Add(1);
        var lease = (await other.RunAsync())[0];
        (await other.CallAsync("Report", (object)new[] { new { lease, outcome = "complete" } }))["result"]!.ToJsonString().ShouldBe("""["ok"]""");
    }

    [Fact]
    public async Task A_worker_comes_back_with_what_it_held()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.Add(3);
        string[] leases;
        using (var worker = await RawHub.RegisterAsync(host.Url, 2)) leases = await worker.RunAsync();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.SessionCalls.Any(call => call.Action == SessionAction.Detach), "the broken connection is detached");

        using var again = await RawHub.ConnectAsync(host.Url);
        var answer = await again.CallAsync("Register", new { worker = "w", types = new[] { "*" }, slots = 1, held = new[] { leases[0], "9-9-00000000" } });
        answer["result"]!["accepted"]!.ToJsonString().ShouldBe($"[\"{leases[0]}\"]");
        (await again.CallAsync("Report", (object)new[] { new { lease = leases[0], outcome = "complete" }, new { lease = leases[1], outcome = "complete" } }))["result"]!.ToJsonString().ShouldBe("""["ok","stale"]""");
    }

    [Fact]
    public async Task A_worker_that_leaves_for_good_gives_back_what_it_held()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.Add(2);
        using var worker = await RawHub.RegisterAsync(host.Url, 2);
        await worker.RunAsync();
        await worker.CallAsync("Drain");
        await worker.CallAsync("Leave");
        host.Dispatcher.SessionCalls.Select(call => call.Action).ShouldBe([SessionAction.Drain, SessionAction.Close]);
        host.Dispatcher.Waiting.ShouldBe(2);
    }

    [Fact]
    public async Task The_end_of_a_session_ends_the_connection()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.CloseSessions();
        await worker.EndAsync();
    }

    [Fact]
    public async Task What_the_dispatcher_says_reaches_the_worker()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.Say(new SessionMessage.Interrupt(new LeaseToken(10, 1, 5), "drain"));
        host.Dispatcher.Say(new SessionMessage.Cancel(new LeaseToken(10, 1, 5), "cancelled"));
        host.Dispatcher.Say(new SessionMessage.Drain("shutdown"));
        (await worker.ServerCallAsync("Interrupt")).ToJsonString().ShouldBe("""["a-1-00000005","drain"]""");
        (await worker.ServerCallAsync("Cancel")).ToJsonString().ShouldBe("""["a-1-00000005","cancelled"]""");
        (await worker.ServerCallAsync("Drain")).ToJsonString().ShouldBe("""["shutdown"]""");
    }

    [Fact]
    public async Task Notes_reach_the_dispatcher()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 1);
        host.Dispatcher.Add(1);
        var lease = (await worker.RunAsync())[0];
        ((string)(await worker.CallAsync("Checkpoint", lease, "page", new { at = 7 }))["result"]!).ShouldBe("ok");
        ((string)(await worker.CallAsync("Progress", lease, "rows", 1, 10))["result"]!).ShouldBe("ok");
        ((string)(await worker.CallAsync("Log", lease, "info", "hello"))["result"]!).ShouldBe("ok");
        ((string)(await worker.CallAsync("Extend", lease))["result"]!).ShouldBe("ok");
        ((string)(await worker.CallAsync("Checkpoint", "7-7-00000000", "page", 1))["result"]!).ShouldBe("stale");
        ErrorOf(await worker.CallAsync("Checkpoint", lease, "", 1)).ShouldContain("invalid_field: name:");
        ErrorOf(await worker.CallAsync("Progress", lease, new string('n', 256), 1, 2)).ShouldContain("invalid_field: name:");
        host.Dispatcher.Notes[0].ShouldBeOfType<NoteRequest.Checkpoint>().Value.ShouldBe("""{"at":7}"""u8.ToArray());
        host.Dispatcher.Notes[1].ShouldBeOfType<NoteRequest.Progress>().Total.ShouldBe(10);
        host.Dispatcher.Notes[2].ShouldBeOfType<NoteRequest.Log>().Line.ShouldBe("hello");
    }

    [Fact]
    public async Task Refusals_and_absence_of_the_dispatcher_have_codes()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.ConnectAsync(host.Url);
        host.Dispatcher.Refuses = new Refusal(RefusalKind.Draining, "The silo is draining.");
        ErrorOf(await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } })).ShouldContain("draining: ");
        (host.Dispatcher.Refuses, host.Dispatcher.Breaks) = (null, new DispatcherUnavailableException("It restarts."));
        ErrorOf(await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } })).ShouldContain("unavailable: It restarts.");
        host.Dispatcher.Breaks = new InvalidOperationException("secret");
        var error = ErrorOf(await worker.CallAsync("Register", new { worker = "w", types = new[] { "*" } }));
        error.ShouldContain("internal: ");
        error.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Many_jobs_come_in_bounded_messages()
    {
        await using var host = await GatewayHost.StartAsync();
        using var worker = await RawHub.RegisterAsync(host.Url, 600);
        host.Dispatcher.Add(600);
        (await worker.RunAsync()).Length.ShouldBe(250);
        (await worker.RunAsync()).Length.ShouldBe(250);
        (await worker.RunAsync()).Length.ShouldBe(100);
    }

    private static string ErrorOf(System.Text.Json.Nodes.JsonNode completion) => (string?)completion["error"] ?? throw new InvalidOperationException("No error: " + completion.ToJsonString());
}
