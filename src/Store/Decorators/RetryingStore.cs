namespace Worcr.Store.Decorators;

/// <summary>
/// Reads again when the store says <see cref="StoreTransientException"/>. Writes are left alone: their callers know what is at stake.
/// </summary>
/// <param name="inner">The store.</param>
/// <param name="time">The clock that the pauses use.</param>
/// <param name="attempts">How often a read is tried, the first time included. Default: 5.</param>
public sealed class RetryingStore(IJobStore inner, TimeProvider time, int attempts = 5) : StoreDecorator(inner)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    protected override async Task<T> ReadAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (StoreTransientException) when (attempt < attempts && verb != StoreVerb.Ping)
            {
                await Task.Delay(pause, time, cancel);
                pause *= 2;
            }
        }
    }
}
