using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>The hub that workers speak with; src/Protocol/Worker/README.md is its protocol.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "The methods of a hub are instance methods.")]
public sealed class WorkerHub(IDispatchers dispatchers, IHubContext<WorkerHub> hub, SessionSurroundings around) : Hub
{
    internal const string RefusedMethod = "$refused";
    private static readonly object ConnectionKey = new();

    private WorkerSession Session => Of(Context).Session;

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        Context.Items[ConnectionKey] = new WorkerConnection();
        return Task.CompletedTask;
    }

    /// <summary>Opens the connection's session.</summary>
    public async Task<RegisterAnswer> Register(RegisterCall call)
    {
        var caller = Context.GetHttpContext()?.Features.Get<Principal>();
        var request = call.Request("signalr").Within(caller?.Scope);
        var connection = Of(Context);
        connection.BeginRegister();
        try
        {
            var dispatcher = await dispatchers.FindAsync(Namespace(), Context.ConnectionAborted);
            var transport = new HubTransport(hub.Clients.Client(Context.ConnectionId), Context);
            var (session, opened) = await WorkerSession.OpenAsync(dispatcher, request, transport, around, Context.ConnectionAborted);
            connection.EndRegister(session);
            session.Start(caller);
            if (Context.ConnectionAborted.IsCancellationRequested) await session.LeaveAsync(forGood: false);
            return new RegisterAnswer(opened.Session, [.. opened.Accepted.Select(lease => lease.ToString())], opened.HeartbeatMs);
        }
        catch
        {
            connection.FailRegister();
            throw;
        }
    }

    /// <summary>How attempts ended.</summary>
    public async Task<ReportAnswer> Report(ReportBatch batch)
    {
        if (batch.Fault is { } fault) throw fault;
        return new ReportAnswer(await Session.ReportAsync(batch.Reports));
    }

    /// <summary>Saves a named value for the next attempt.</summary>
    public Task<string> Checkpoint(string lease, string name, JsonElement value) =>
        Note(WorkerCallChecks.Checkpoint(WorkerCallChecks.Lease(lease), name, value));

    /// <summary>A named done/total pair.</summary>
    public Task<string> Progress(string lease, string name, double done, double? total) =>
        Note(WorkerCallChecks.Progress(WorkerCallChecks.Lease(lease), name, done, total));

    /// <summary>A log line.</summary>
    public Task<string> Log(string lease, string level, string line) =>
        Note(WorkerCallChecks.Log(WorkerCallChecks.Lease(lease), level, line));

    /// <summary>Starts the attempt's time-out anew.</summary>
    public Task<string> Extend(string lease) => Note(new NoteRequest.Extend(WorkerCallChecks.Lease(lease)));

    /// <summary>Permits of a limit, while the job runs.</summary>
    public Task<bool> Acquire(string lease, string limit, string? key, double? n, string? wait) =>
        Session.AcquireAsync(WorkerCallChecks.Acquire(lease, limit, key, n, wait));

    /// <summary>The worker has another number of slots.</summary>
    public Task Slots(int slots) => Session.SlotsAsync(WorkerScopeChecks.Slots(Context.GetHttpContext()?.Features.Get<Principal>()?.Scope, WorkerCallChecks.Slots(slots)));

    /// <summary>The worker wants no more jobs.</summary>
    public Task Drain() => Session.DrainAsync();

    /// <summary>The worker leaves for good: what it still holds is requeued at once.</summary>
    public Task Leave() => Session.LeaveAsync(forGood: true);

    /// <summary>The worker lives.</summary>
    public Task Heartbeat() => Session.HeartbeatAsync();

    /// <summary>Where calls arrive that name no method or do not fit theirs, so that they are counted like other faulty calls.</summary>
    [HubMethodName(RefusedMethod)]
    public Task Refused(string code, string target) => throw (code == WorkerErrors.UnknownMethod.Code
        ? new WorkerCallException(WorkerErrors.UnknownMethod, $"There is no method {(target.Length > 64 ? target[..64] : target)}.")
        : WorkerCallException.Invalid("arguments", $"The arguments do not fit {target}."));

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception) => Of(Context).LeaveAsync(forGood: false);

    internal static WorkerConnection Of(HubCallerContext context) => (WorkerConnection)context.Items[ConnectionKey]!;

    private async Task<string> Note(NoteRequest note) =>
        await Session.NoteAsync(note) ? ReportAnswer.Ok : ReportAnswer.Stale;

    private string Namespace() => NamespaceName.Check(Context.GetHttpContext()?.Request.Query["ns"].ToString());
}
