using Microsoft.AspNetCore.SignalR;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>The way to a worker that is connected to the hub.</summary>
internal sealed class HubTransport(ISingleClientProxy worker, HubCallerContext context) : IWorkerTransport
{
    public Task SendAsync(SessionMessage message, CancellationToken cancel) => message switch
    {
        SessionMessage.Run run => RunAsync(new RunBatch(run.Jobs, 0, run.Jobs.Count), cancel),
        SessionMessage.Interrupt one => worker.SendCoreAsync(WorkerMethods.Interrupt, [one.Lease.ToString(), one.Reason], cancel),
        SessionMessage.Cancel one => worker.SendCoreAsync(WorkerMethods.Cancel, [one.Lease.ToString(), one.Reason], cancel),
        SessionMessage.Drain drain => worker.SendCoreAsync(WorkerMethods.Drain, [drain.Reason], cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "A message that the hub does not know."),
    };

    public Task RunAsync(RunBatch jobs, CancellationToken cancel) => worker.SendCoreAsync(WorkerMethods.Run, [jobs], cancel);

    public void Abort() => context.Abort();
}
