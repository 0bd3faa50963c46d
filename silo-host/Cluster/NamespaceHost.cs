using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>
/// Keeps the dispatcher of one namespace alive on this silo:
/// <code>
///   wait for ownership -> load -> run (renewing the ownership) -> (fault, or ownership lost) -> wait for ownership -> ...
/// </code>
/// </summary>
internal sealed partial class NamespaceHost : IAsyncDisposable
{
    private readonly string _name;
    private readonly DispatcherSource _source;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Task _life;
    private TaskCompletionSource<DispatcherGrain> _grain = NewGrain();
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NamespaceHost(string name, DispatcherSource source, ILogger log)
    {
        _name = name;
        _source = source;
        _log = log;
        _life = Task.Run(LiveAsync);
    }

    /// <summary>Completes when the namespace is loaded, or is found to be owned by another silo.</summary>
    public Task FirstTry => _firstTry.Task;

    /// <summary>The running grain, or null.</summary>
    public DispatcherGrain? Current
    {
        get
        {
            lock (_gate) return _grain.Task.IsCompletedSuccessfully ? _grain.Task.Result : null;
        }
    }

    /// <summary>The dispatcher, as soon as it runs.</summary>
    public ValueTask<DispatcherGrain> FindAsync(CancellationToken cancel)
    {
        Task<DispatcherGrain> grain;
        lock (_gate) grain = _grain.Task;
        return grain.IsCompletedSuccessfully ? new ValueTask<DispatcherGrain>(grain.Result) : WaitAsync(grain, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _life.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async ValueTask<DispatcherGrain> WaitAsync(Task<DispatcherGrain> grain, CancellationToken cancel)
    {
        try
        {
            return await grain.WaitAsync(_source.Options.Patience, cancel);
        }
        catch (TimeoutException)
        {
            throw new DispatcherUnavailableException($"The namespace '{_name}' has no dispatcher on this silo now.");
        }
    }

    private async Task LiveAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await LiveOnceAsync();
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogStartsAnew(_log, _name, error);
                await PauseAsync();
            }
        }
    }

    private async Task LiveOnceAsync()
    {
        if (await _source.AcquireAsync(_name, null, _end.Token) is not { } ownership)
        {
            _firstTry.TrySetResult();
            await PauseAsync();
            return;
        }

        await using var grain = await _source.LoadAsync(ownership, _end.Token);
        LogLoaded(_log, _name, ownership.Epoch);
        grain.StallChanged = SayStall;
        Publish(grain);
        _firstTry.TrySetResult();
        using var over = new CancellationTokenSource();
        var company = Task.WhenAll(_source.Companions.Select(c => AccompanyAsync(c, grain, over.Token)));
        try
        {
            await RenewAsync(ownership, grain);
        }
        finally
        {
            Withdraw();
            await over.CancelAsync();
            await company;
            await grain.DisposeAsync();
            await _source.ReleaseAsync(ownership);
        }
    }

    /// <summary>A companion that fails costs what it does, not the namespace.</summary>
    private async Task AccompanyAsync(INamespaceCompanion companion, DispatcherGrain grain, CancellationToken over)
    {
        try
        {
            await Task.Yield();
            await companion.AccompanyAsync(_name, grain, over);
        }
        catch (Exception error)
        {
            LogAlone(_log, _name, companion.GetType().Name, error);
        }
    }

    private void SayStall(Exception? error)
    {
        if (error is null) LogGoesOn(_log, _name);
        else LogStalled(_log, _name, error);
    }

    private async Task RenewAsync(Ownership ownership, DispatcherGrain grain)
    {
        using var timer = new PeriodicTimer(_source.Options.Renew, _source.Time);
        while (true)
        {
            Task tick = timer.WaitForNextTickAsync(_end.Token).AsTask();
            await await Task.WhenAny(tick, grain.Completion);
            if (grain.Completion.IsCompleted) return;
            if (await RenewOnceAsync(ownership)) continue;
            throw new StoreFencedException($"The namespace '{_name}' has another owner now.");
        }
    }

    private async Task<bool> RenewOnceAsync(Ownership ownership)
    {
        try
        {
            return await _source.AcquireAsync(_name, ownership, _end.Token) is not null;
        }
        catch (StoreTransientException error)
        {
            LogCannotRenew(_log, _name, error);
            return true;
        }
        catch (StoreOutcomeUnknownException error)
        {
            LogCannotRenew(_log, _name, error);
            return true;
        }
    }

    private void Publish(DispatcherGrain grain)
    {
        lock (_gate) _grain.TrySetResult(grain);
    }

    private void Withdraw()
    {
        lock (_gate) _grain = NewGrain();
    }

    private async Task PauseAsync()
    {
        using var timer = new PeriodicTimer(_source.Options.Renew / 4, _source.Time);
        await timer.WaitForNextTickAsync(_end.Token);
    }

    private static TaskCompletionSource<DispatcherGrain> NewGrain() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
