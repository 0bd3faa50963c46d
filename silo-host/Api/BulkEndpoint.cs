using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Api;

/// <summary><c>POST /v1/jobs/bulk</c></summary>
internal sealed class BulkEndpoint(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (body, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.BulkJobsRequest);
        fault ??= new QueryReader(context).Finish();
        BulkRequest? request = null;
        if (fault is null) fault = Convert(body!, out request);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.BulkAsync(request!, context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, new BulkJobsAnswer(reply.Affected), ProtocolJson.Default.BulkJobsAnswer);
    }

    private static Fault? Convert(BulkJobsRequest body, out BulkRequest? request)
    {
        request = null;
        IReadOnlyList<ArgMatch> args = [];
        if (ActionOf(body.Action) is not { } action) return FieldChecks.Invalid("action", "must be cancel, retry, discard or reweigh");
        if ((MatchReader.Read(body.Match, out var match) ?? RuleMatches.ReadArgs(body.Match.Args, out args)) is { } fault) return fault;
        if (StatesOf(body.States, out var states) is { } wrong) return wrong;
        if (action == BulkAction.Reweigh && body.Weight is null) return FieldChecks.Invalid("weight", "is required to reweigh");
        if (action != BulkAction.Reweigh && body.Weight is not null) return FieldChecks.Invalid("weight", "goes with reweigh only");
        if (body.Weight is < WireLimits.MinWeight or > WireLimits.MaxWeight) return FieldChecks.Invalid("weight", "must be from 0.000001 to 1000000");
        request = new BulkRequest(action, match, states, body.Weight, body.DryRun ?? false) { Args = args };
        return null;
    }

    private static Fault? StatesOf(IReadOnlyList<string>? names, out List<JobState>? states)
    {
        states = names is null ? null : [];
        for (var i = 0; i < (names?.Count ?? 0); i++)
        {
            if (names![i] is not { } name || !StateNames.TryParse(name, out var state))
                return FieldChecks.Invalid($"states[{i}]", $"must be one of {string.Join(", ", JobStateNames.All)}");
            if (!states!.Contains(state)) states.Add(state);
        }

        return states is { Count: 0 } ? FieldChecks.Invalid("states", "must name a state, or be absent") : null;
    }

    private static BulkAction? ActionOf(string name) => name switch
    {
        "cancel" => BulkAction.Cancel,
        "retry" => BulkAction.Retry,
        "discard" => BulkAction.Discard,
        "reweigh" => BulkAction.Reweigh,
        _ => null,
    };
}
