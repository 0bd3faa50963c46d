using System.Threading.Channels;
using Worcr.Core.Rules;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>The endpoints of a namespace: one loop beside its dispatcher makes sessions what the resources say.</summary>
/// <param name="name">The namespace.</param>
/// <param name="around">What endpoints need.</param>
internal sealed partial class PushNamespace(string name, PushSurroundings around)
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);
    private static readonly EventsRequest Changes = new([EventNames.Of(EventKind.EndpointChanged)]);

    private readonly Dictionary<string, PushEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private volatile bool _isUnheard;
    private int _hasChanged;

    /// <summary>Runs beside a dispatcher until it goes, or the silo stops: then what is under way is given back.</summary>
    public async Task AccompanyAsync(IDispatcher dispatcher, CancellationToken over, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over, stopping);
        await using var timer = around.Time.CreateTimer(_ => Tick(), null, Rhythm, Rhythm);
        var watching = WatchAsync(dispatcher, end.Token);
        try
        {
            while (true)
            {
                await _wake.Reader.ReadAsync(end.Token);
                await TendAsync(dispatcher, end.Token);
            }
        }
        catch (Exception gone) when (gone is DispatcherUnavailableException || end.IsCancellationRequested)
        {
            LogAlone(around.Logger, name);
        }
        finally
        {
            await end.CancelAsync();
            await watching;
            await Task.WhenAll(_endpoints.Values.Select(e => stopping.IsCancellationRequested ? e.StopAsync() : e.DetachAsync()));
        }
    }

    private async Task TendAsync(IDispatcher dispatcher, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _hasChanged, 0) == 1) await ReadAsync(dispatcher, cancel);
        foreach (var (endpoint, push) in _endpoints)
        {
            await push.TendAsync(dispatcher, cancel);
            if (!push.IsOver) continue;
            _endpoints.Remove(endpoint);
            push.Dispose();
        }
    }

    private async Task ReadAsync(IDispatcher dispatcher, CancellationToken cancel)
    {
        var all = await dispatcher.ResourcesAsync(new ResourceRequest.Read(ResourceKind.Endpoint, null), cancel);
        var rules = all.Items.ToDictionary(r => r.Name, r => (EndpointRule)r.Body, StringComparer.Ordinal);
        foreach (var (endpoint, push) in _endpoints) push.Set(rules.GetValueOrDefault(endpoint));
        foreach (var (endpoint, rule) in rules)
        {
            if (!rule.IsPaused && !_endpoints.ContainsKey(endpoint)) _endpoints.Add(endpoint, new PushEndpoint(name, endpoint, rule, around, Wake));
        }
    }

    /// <summary>Every event is a reason to read again: also the first one, which says that the listening has begun, and one that says that some were lost.</summary>
    private async Task WatchAsync(IDispatcher dispatcher, CancellationToken cancel)
    {
        try
        {
            _isUnheard = false;
            await foreach (var _ in dispatcher.EventsAsync(Changes, cancel)) Change();
        }
        catch (ListenerLimitException)
        {
            LogUnheard(around.Logger, name);
            _isUnheard = true;
            Change();
        }
        catch (Exception gone) when (gone is DispatcherUnavailableException || cancel.IsCancellationRequested)
        {
            Wake(); // the loop finds out by itself
        }
    }

    private void Tick()
    {
        if (_isUnheard) Change();
        else Wake();
    }

    private void Change()
    {
        Volatile.Write(ref _hasChanged, 1);
        Wake();
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
