namespace Worcr.Grains;

/// <summary>Leases by job. All open ones are in memory, so that nothing is read.</summary>
public sealed partial class Dispatcher
{
    private void FindHeldLease(Envelope envelope, HeldLeaseRequest request)
    {
        LeaseToken? lease = Find(request.Id) is { IsRunning: true } grain && (request.Worker is null || grain.Worker == request.Worker) ? grain.Lease : null;
        Answer(envelope, new HeldLeaseReply(lease));
    }
}
