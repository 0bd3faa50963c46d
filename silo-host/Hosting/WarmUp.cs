using System.Text;
using Worcr.Core.Rules;
using Worcr.Grains.Simulation;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Hosting;

/// <summary>
/// Does once, beside the first requests, what operators do seldom: changes rules of each kind, over a small simulated backlog that is worked off. Its code is compiled then; else the
/// first change of a rule waits for that, a quarter of a second, and with it all jobs of the namespace. Nothing that is real is touched.
/// </summary>
internal sealed partial class WarmUp(IHostApplicationLifetime life, TimeProvider time, ILogger<WarmUp> log) : BackgroundService
{
    private const string Name = "warm-up";

    /// <summary>Simulated jobs.</summary>
    public const int Jobs = 100;

    private static readonly LaneShape Shape = new(Name, Name, "default", [], 1, 0, null);

    /// <summary>Runs it to its end; tells how many simulated jobs have ended.</summary>
    /// <exception cref="InvalidOperationException">What it sends is not taken: a defect.</exception>
    public static async Task<int> RunAsync(TimeProvider time, CancellationToken cancel)
    {
        var rules = new List<KeyValuePair<string, Resource>>();
        foreach (var (description, body) in Samples(time)) rules.Add(KeyValuePair.Create(Name, await ChangeAsync(description, body, cancel)));
        var plan = new SimulationPlan
        {
            Jobs = [new SimulatedJobs { Shape = Shape, Count = Jobs, RunTime = new RunTime(RunTimeShape.Constant, 10), IsBacklog = true }],
            Workers = [new SimulatedWorkers { Types = ["*"], Slots = 10 }],
            Rules = rules,
            StartAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            HorizonMs = 3_600_000,
        };
        var simulator = new Simulator(plan);
        simulator.Run(() => cancel.IsCancellationRequested);
        return simulator.Done;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await RunAsync(time, stoppingToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(log, error);
        }
    }

    /// <summary>The rules; those that hold jobs back meet none of the simulated ones.</summary>
    private static (ResourceDescription Description, string Body)[] Samples(TimeProvider time) =>
    [
        (new WeightResources(), """{"match":{"types":["warm-up"],"worker":{"none":["x"]}},"factor":2}"""),
        (new RouteResources(), """{"match":{"types":["warm-up"],"worker":{"all":["x"]}},"effect":"prohibit"}"""),
        (new LimitResources(), """{"match":{},"kind":"tokenBucket","limit":1000000,"period":"1s","key":"tenant"}"""),
        (new PauseResources(time), """{"match":{"types":["none"]}}"""),
        (new BlackholeResources(time), """{"match":{"types":["none"]}}"""),
        (new ShedResources(time), """{"match":{"types":["none"]},"when":{"backlog":1000000},"action":"reject"}"""),
        (new TenantResources(), """{"share":2,"maxConcurrency":100}"""),
        (new TypeResources(), """{"timeout":"30s"}"""),
    ];

    /// <summary>A rule's way in and out: read from a request's body, written as its answer.</summary>
    private static async Task<Resource> ChangeAsync(ResourceDescription description, string body, CancellationToken cancel)
    {
        var context = new DefaultHttpContext { RequestAborted = cancel };
        context.Request.ContentType = Answers.Json;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var (rule, fault) = await description.ReadAsync(context, Name);
        if (fault is not null) throw new InvalidOperationException($"{description.Noun}: {fault.Path} {fault.Detail}");
        await description.WriteAsync(context, StatusCodes.Status200OK, new ResourceView(Name, rule!, ResourceFigures.None));
        return rule!;
    }

    [LoggerMessage(LogLevel.Error, "The silo could not warm up; the first change of a rule will take longer.")]
    private static partial void LogFailed(ILogger log, Exception error);
}
