namespace Worcr.Unit.Gateways;

/// <summary>Lets a test wait for something to be so, woken by whatever happens instead of by a clock.</summary>
public sealed class Changes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TaskCompletionSource? _next;

    /// <summary>Something happened.</summary>
    public void Happened()
    {
        if (Volatile.Read(ref _next) is not null) Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    /// <summary>Waits until <paramref name="condition"/> holds; the time-out says what did not happen.</summary>
    public async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (; ; )
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var next = Interlocked.CompareExchange(ref _next, fresh, null) ?? fresh;
            if (condition()) return;
            try
            {
                await next.Task.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Within {Patience.TotalSeconds} s this did not happen: {what}", e);
            }
        }
    }
}
