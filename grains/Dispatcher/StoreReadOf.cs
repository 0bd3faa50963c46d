namespace Worcr.Grains;

/// <summary>A read with its answer.</summary>
internal sealed class StoreReadOf<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply) : StoreRead
{
    private T _answer = default!;

    public override async Task RunAsync(IJobStore store, CancellationToken cancel) => _answer = await run(store, cancel);

    internal override void Apply() => apply(_answer);
}
