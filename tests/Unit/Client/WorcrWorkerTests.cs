using System.Collections.Concurrent;
using Worcr.Client;
using Worcr.Grains;
using Worcr.Unit.Gateways;

namespace Worcr.Unit.Client;

/// <summary>The .NET worker against the real hub.</summary>
public sealed class WorcrWorkerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handlers_complete_fail_and_yield()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var worker = Start(host.Url, 2, options => options
            .Handle<Number, Number>("double", (args, _) => ValueTask.FromResult(new Number(args.N * 2)))
            .Handle<Number>("fail", (_, _) => throw new JobFailedException("later") { Code = "429", RetryAfter = TimeSpan.FromSeconds(5), Final = true })
            .Handle<Number>("crash", async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("broken");
            })
            .HandleRaw("raw", job => ValueTask.FromResult(job.Args))
            .HandleRaw("bad-raw", _ => ValueTask.FromResult<ReadOnlyMemory<byte>>("{\u001e"u8.ToArray()))
            .Handle<int>("args", (_, _) => ValueTask.CompletedTask));
        foreach (var type in new[] { "double", "fail", "crash", "raw", "bad-raw", "args", "unknown" }) host.Dispatcher.Add(1, type, """{"n":21}""");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Reports.Count == 7, "all seven jobs are reported");

        var reports = host.Dispatcher.Reports.ToDictionary(report => report.Lease.Seq);
        reports[1].Result.ShouldBe("""{"n":42}"""u8.ToArray());
        reports[2].Error.ShouldBe(new JobError("429", "later", 5_000, true));
        reports[3].Error.ShouldBe(new JobError("InvalidOperationException", "broken"));
        reports[4].Result.ShouldBe("""{"n":21}"""u8.ToArray());
        reports[5].Error!.Code.ShouldBe("result_not_json");
        (reports[6].Error!.Code, reports[6].Error!.Final).ShouldBe(("invalid_args", true));
        reports[7].Error!.Code.ShouldBe("no_handler");
        reports.Values.ShouldAllBe(report => report.RunMs >= 0);
    }

    [Fact]
    public async Task A_job_is_seen_whole_and_its_notes_arrive()
    {
        await using var host = await GatewayHost.StartAsync();
        var seen = new TaskCompletionSource<JobContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = Start(host.Url, 1, options => options.Handle<Number>("test", async (_, context) =>
        {
            await context.CheckpointAsync("at", new Number(7));
            await context.ProgressAsync("rows", 1, 2);
            await context.LogAsync("hello", "warn");
            await context.ExtendAsync();
            seen.SetResult(context);
            context.Yield();
        }));
        host.Dispatcher.Add(1, "test", """{"n":1}""", 90_000);
        var job = await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        (job.Type, job.Tenant, job.Queue, job.Attempt, job.Timeout).ShouldBe(("test", "acme", "default", 1, TimeSpan.FromSeconds(90)));
        job.Tags.ShouldBe(["a", "b"]);
        job.Checkpoints.Get("at", new Number(0)).N.ShouldBe(7);
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Yielded > 0, "the job is given back");
        host.Dispatcher.Notes[0].ShouldBeOfType<NoteRequest.Checkpoint>().Value.ShouldBe("""{"n":7}"""u8.ToArray());
        host.Dispatcher.Notes[1].ShouldBeOfType<NoteRequest.Progress>().Done.ShouldBe(1);
        host.Dispatcher.Notes[2].ShouldBeOfType<NoteRequest.Log>().Level.ShouldBe("warn");
        host.Dispatcher.Notes[3].ShouldBeOfType<NoteRequest.Extend>();
    }

    [Fact]
    public async Task Slots_are_never_exceeded_and_blocking_handlers_do_not_hold_up_others()
    {
        await using var host = await GatewayHost.StartAsync();
        var (running, most, seed) = (0, 0, new Random(7));
        using var all = new CountdownEvent(4);
        await using var worker = Start(host.Url, 4, options =>
        {
            options.Prefetch = 50;
            options.Handle<Number>("block", (_, _) =>
            {
                Enter();
                all.Signal();
                all.Wait(TimeSpan.FromSeconds(30), Token).ShouldBeTrue(); // only if all four run at once
                Interlocked.Decrement(ref running);
                return ValueTask.CompletedTask;
            });
            options.Handle<Number>("mixed", async (_, _) =>
            {
                Enter();
                if (seed.Next(2) == 0) await Task.Yield();
                Interlocked.Decrement(ref running);
            });
        });
        host.Dispatcher.Add(4, "block");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed == 4, "four blocking jobs are done");
        host.Dispatcher.Add(2_000, "mixed");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed == 2_004, "all jobs are done");
        most.ShouldBeInRange(4, 4);
        host.Dispatcher.ReportCalls.ShouldBeLessThan(1_500, "reports travel together");

        void Enter()
        {
            var now = Interlocked.Increment(ref running);
            while (Volatile.Read(ref most) is var known && now > known) Interlocked.CompareExchange(ref most, now, known);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_lost_when_connections_break(int seed)
    {
        const int Jobs = 3_000;
        await using var host = await GatewayHost.StartAsync();
        using var proxy = new ChaosProxy(host.Url);
        var random = new Random(seed);
        var runs = new ConcurrentDictionary<(Guid, int), int>();
        await using var worker = Start(proxy.Url, 20, options =>
        {
            options.Prefetch = 20;
            options.MaxReconnectDelay = TimeSpan.FromMilliseconds(20);
            options.Handle<Number>("test", async (_, context) =>
            {
                runs.AddOrUpdate((context.Id, context.Attempt), 1, (_, known) => known + 1);
                if (context.Id.GetHashCode() % 3 == 0) await Task.Yield();
            });
        });
        host.Dispatcher.Add(Jobs);
        for (var next = 0; next < Jobs;)
        {
            next += random.Next(1, 300);
            await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed >= Math.Min(next, Jobs), $"job {next} of {Jobs} is done (seed {seed}, {proxy.Cuts} cuts)");
            proxy.Cut();
        }

        await host.Dispatcher.Changes.Until(() => host.Dispatcher is { Completed: Jobs, Live: 0, Waiting: 0 }, $"all jobs are done (seed {seed})");
        await worker.DrainAsync(Token);
        worker.Held.ShouldBe(0);
        host.Dispatcher.Failed.ShouldBe(0);
        proxy.Cuts.ShouldBeGreaterThan(5);
        runs.Values.ShouldAllBe(count => count == 1); // no attempt ran twice
        runs.Keys.Select(run => run.Item1).Distinct().Count().ShouldBe(Jobs);
    }

    [Fact]
    public async Task A_worker_registers_again_with_what_it_holds_and_stops_what_is_lost()
    {
        await using var host = await GatewayHost.StartAsync();
        var contexts = new ConcurrentQueue<JobContext>();
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = Start(host.Url, 2, options => options.Handle<Number>("test", async (_, context) =>
        {
            contexts.Enqueue(context);
            host.Dispatcher.Changes.Happened();
            await Task.WhenAny(finish.Task, UntilStopped(context, host.Dispatcher.Changes));
        }));
        host.Dispatcher.Add(2);
        await host.Dispatcher.Changes.Until(() => contexts.Count == 2, "both jobs run");
        host.Dispatcher.Fence(host.Dispatcher.LiveLeases()[0]);
        host.Dispatcher.CloseSessions();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Registrations.Count == 2, "the worker registers again");
        host.Dispatcher.Registrations[1].Held.Count.ShouldBe(2);
        await host.Dispatcher.Changes.Until(() => contexts.Count(job => job.StopReason == StopReason.Lost) == 1, "the lost job is stopped");
        finish.SetResult();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed == 1, "the other job goes on and is reported");
        host.Dispatcher.Stale.ShouldBe(0);
    }

    [Fact]
    public async Task The_server_can_interrupt_and_cancel()
    {
        await using var host = await GatewayHost.StartAsync();
        var contexts = new ConcurrentQueue<JobContext>();
        await using var worker = Start(host.Url, 2, options => options.Handle<Number>("test", async (_, context) =>
        {
            contexts.Enqueue(context);
            host.Dispatcher.Changes.Happened();
            await UntilStopped(context, host.Dispatcher.Changes);
        }));
        host.Dispatcher.Add(2);
        await host.Dispatcher.Changes.Until(() => contexts.Count == 2, "both jobs run");
        var leases = host.Dispatcher.LiveLeases();
        host.Dispatcher.Fence(leases[1]);
        host.Dispatcher.Say(new SessionMessage.Cancel(leases[1], "cancelled"));
        host.Dispatcher.Say(new SessionMessage.Interrupt(leases[0], "too long"));
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Yielded == 1, "the interrupted job is given back");
        await host.Dispatcher.Changes.Until(() => contexts.Any(job => job.StopReason == StopReason.Cancel), "the cancelled job is stopped");
        host.Dispatcher.Reports.Count.ShouldBe(1);
        host.Dispatcher.Stale.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_stopped()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var worker = Start(host.Url, 1, options => options.Handle<Number>("test", (_, context) => new ValueTask(UntilStopped(context, host.Dispatcher.Changes))));
        host.Dispatcher.Add(1, timeoutMs: 50);
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Failed == 1, "the late job has failed");
        host.Dispatcher.Reports[0].Error!.Code.ShouldBe("timeout");
    }

    [Fact]
    public async Task Draining_finishes_what_runs_and_gives_back_the_rest()
    {
        await using var host = await GatewayHost.StartAsync();
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var worker = new WorcrWorker(Options(host.Url, 1, options =>
        {
            options.Prefetch = 5;
            options.Handle<Number>("test", async (_, _) =>
            {
                started.TrySetResult();
                await finish.Task;
            });
        }));
        using var stop = new CancellationTokenSource();
        var running = worker.RunAsync(stop.Token);
        host.Dispatcher.Add(6);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Live == 6, "all six jobs are leased");
        await stop.CancelAsync();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Yielded == 5, "five jobs are given back");
        host.Dispatcher.Live.ShouldBe(1);
        finish.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(30), Token);
        host.Dispatcher.Completed.ShouldBe(1);
        host.Dispatcher.SessionCalls.Select(call => call.Action).Where(action => action != SessionAction.Heartbeat).ShouldBe([SessionAction.Drain, SessionAction.Close]);
    }

    [Fact]
    public async Task Draining_asks_handlers_to_stop_when_its_time_is_over()
    {
        await using var host = await GatewayHost.StartAsync();
        var started = new TaskCompletionSource<JobContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = Start(host.Url, 1, options =>
        {
            options.DrainTimeout = TimeSpan.Zero;
            options.Handle<Number>("test", (_, context) =>
            {
                started.TrySetResult(context);
                return new ValueTask(UntilStopped(context, host.Dispatcher.Changes));
            });
        });
        host.Dispatcher.Add(1);
        var job = await started.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await worker.DrainAsync(Token);
        job.StopReason.ShouldBe(StopReason.ShuttingDown);
        host.Dispatcher.Yielded.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_whom_the_server_does_not_want_says_so()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.Refuses = new Refusal(RefusalKind.Invalid, "No such type.", "types");
        await using var worker = new WorcrWorker(Options(host.Url, 1, options => options.Handle<Number>("test", (_, _) => ValueTask.CompletedTask)));
        var error = await Should.ThrowAsync<WorcrException>(() => worker.RunAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
        (error.Code, error.Message).ShouldBe(("invalid_field", "types: No such type."));
    }

    [Fact]
    public async Task Reports_wait_while_the_dispatcher_is_away()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var worker = Start(host.Url, 1, options => options.Handle<Number>("test", (_, _) =>
        {
            host.Dispatcher.BreaksReports(3);
            return ValueTask.CompletedTask;
        }));
        host.Dispatcher.Add(1);
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed == 1, "the job is reported in the end");
        host.Dispatcher.Registrations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_worker_beats()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.HeartbeatMs = 40;
        await using var worker = Start(host.Url, 1, options => options.Handle<Number>("test", (_, _) => ValueTask.CompletedTask));
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.SessionCalls.Count(call => call.Action == SessionAction.Heartbeat) >= 3, "three heartbeats come");
    }

    private static async Task UntilStopped(JobContext context, Changes changes)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hears = context.CancellationToken.UnsafeRegister(_ => stopped.SetCanceled(context.CancellationToken), null);
        try
        {
            await stopped.Task;
        }
        finally
        {
            changes.Happened();
        }
    }

    private static WorcrWorker Start(Uri url, int slots, Action<WorcrWorkerOptions> configure)
    {
        var worker = new WorcrWorker(Options(url, slots, configure));
        _ = worker.RunAsync(Token);
        return worker;
    }

    private static WorcrWorkerOptions Options(Uri url, int slots, Action<WorcrWorkerOptions> configure)
    {
        var options = new WorcrWorkerOptions { Url = url, Slots = slots, Prefetch = 0, Name = "w" };
        configure(options);
        return options;
    }

    private sealed record Number(int N);
}
