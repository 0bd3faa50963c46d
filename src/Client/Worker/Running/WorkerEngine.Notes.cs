using Worcr.Protocol.Worker;

namespace Worcr.Client.Running;

internal sealed partial class WorkerEngine
{
    /// <summary>Says something about a running job; waits for a connection, and says it again after a reconnect.</summary>
    public async Task NoteAsync(JobContext job, string method, object?[] args)
    {
        if (await CallAsync<string>(job, method, args, CancellationToken.None).ConfigureAwait(false) == ReportAnswer.Ok) return;
        Drop(job, StopReason.Lost);
        throw LeaseLost();
    }

    /// <summary>Asks something about a running job; waits for a connection, and asks again after a reconnect.</summary>
    public async Task<T> CallAsync<T>(JobContext job, string method, object?[] args, CancellationToken cancel)
    {
        for (; ; )
        {
            var link = await _ready.Task.WaitAsync(cancel).ConfigureAwait(false);
            if (job.Phase == JobPhase.Gone) throw LeaseLost();
            try
            {
                return await link.InvokeAsync<T>(method, args, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                throw;
            }
            catch (WorcrException e) when (e.IsRefusal && e.Code is "unavailable" or "overloaded")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not WorcrException)
            {
                _log.NoteUnsent(method, e);
                link.Break();
                await link.Closed.ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(10), _time, cancel).ConfigureAwait(false); // until Detach has heard it too
            }
        }
    }

    private static WorcrException LeaseLost() => new(0, WorcrException.LeaseLostCode, "The job is not this worker's any more.");
}
