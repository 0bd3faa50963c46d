namespace Worcr.Store.Decorators;

/// <summary>A store that fails by a script, for tests: before it has done something, after it, or late.</summary>
/// <param name="inner">The store.</param>
/// <param name="script">Asked at each call, on the caller's thread, in the order of the calls.</param>
public sealed class FaultInjectingStore(IJobStore inner, Func<StoreVerb, StoreFault> script) : StoreDecorator(inner)
{
    /// <inheritdoc />
    protected override Task<T> ReadAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => CallAsync(script(verb), call, cancel);

    /// <inheritdoc />
    protected override Task<T> WriteAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => CallAsync(script(verb), call, cancel);

    private static async Task<T> CallAsync<T>(StoreFault fault, Func<Task<T>> call, CancellationToken cancel)
    {
        if (fault.HoldBefore is { } before) await before.WaitAsync(cancel);
        if (fault.FailBefore is { } refused) throw refused;
        var result = await call();
        if (fault.HoldAfter is { } after) await after.WaitAsync(cancel);
        return fault.FailAfter is { } lost ? throw lost : result;
    }
}
