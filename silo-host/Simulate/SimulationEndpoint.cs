using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Simulate;

/// <summary><c>POST /v1/simulate</c>: one at a time, away from the dispatchers, for a bounded time.</summary>
internal sealed class SimulationEndpoint(IDispatchers dispatchers, TimeProvider time) : EndpointBase(dispatchers), IDisposable
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);
    private static readonly Fault Busy = new(ErrorCodes.Overloaded, "This silo is simulating already.", RetryAfterMs: 5_000);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var fault = new QueryReader(context).Finish() ?? (ApiNamespace.IsValid(NamespaceOf(context)) ? null : ApiNamespace.Invalid);
        SimulationRequest? request = null;
        if (fault is null) (request, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.SimulationRequest);
        Scenario? scenario = null;
        if (request is not null)
        {
            scenario = new Scenario(request, request.Backlog is null ? SimulatedTime.Start : time.GetUtcNow().ToUnixTimeMilliseconds());
            fault = scenario.Read();
        }

        if (fault is null && request!.Backlog is not null)
        {
            if (await FindAsync(context, null) is not { } dispatcher) return;
            fault = await new BacklogReader(dispatcher, request).AddToAsync(scenario!, context.RequestAborted);
        }

        if (fault is null) await RunAsync(context, scenario!);
        else await Answers.FailAsync(context, fault);
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task RunAsync(HttpContext context, Scenario scenario)
    {
        if (!await _turn.WaitAsync(0, context.RequestAborted))
        {
            await Answers.FailAsync(context, Busy);
            return;
        }

        try
        {
            var (from, gone) = (time.GetTimestamp(), context.RequestAborted);
            var result = await Task.Run(() => new Simulator(scenario.Plan).Run(() => gone.IsCancellationRequested || time.GetElapsedTime(from) > Most), gone);
            var answer = SimulationDocuments.From(result, scenario.Scale);
            await Answers.WriteAsync(context, StatusCodes.Status200OK, answer, ProtocolJson.Default.SimulationAnswer);
        }
        finally
        {
            _turn.Release();
        }
    }
}
