using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Sessions;

public sealed partial class WorkerSession
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromSeconds(10);
    private ITimer? _expiry;

    /// <summary>The worker's token ends then: a quarter of what is left of it before, but 10 s at most, the worker is asked to come back with another one.</summary>
    private void EndAt(DateTimeOffset end)
    {
        var left = end - _around.Time.GetUtcNow();
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        var notice = left / 4 < LongestNotice ? left / 4 : LongestNotice;
        _expiry = _around.Time.CreateTimer(_ => _ = SendAwayAsync(), null, left - notice, Timeout.InfiniteTimeSpan);
    }

    private async Task SendAwayAsync()
    {
        try
        {
            await InTimeAsync(_transport.SendAsync(new SessionMessage.Drain(KeyBounds.TokenExpires), _gone));
            await DrainAsync(); // the dispatcher says Drain, too: after the reason that the worker is to hear first
        }
        catch (Exception e) when (e is WorkerCallException or DispatcherUnavailableException or TimeoutException or OperationCanceledException)
        {
            LogNotWarned(_worker, Number, e.Message); // it is cut off in time anyway
        }
    }
}
