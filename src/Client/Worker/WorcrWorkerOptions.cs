using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Worcr.Client.Running;
using Worcr.Protocol.Worker;

namespace Worcr.Client;

/// <summary>How a worker works, and what it can do.</summary>
public sealed class WorcrWorkerOptions
{
    private readonly Dictionary<string, Func<IServiceProvider?, JobInvoker>> _handlers = new(StringComparer.Ordinal);

    /// <summary>Address of the server. Default: <c>http://127.0.0.1:9672</c>.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1:9672");

    /// <summary>An API key or token. Default: none.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Gives the key, in place of <see cref="Key"/>: for short-lived tokens. Asked before each connection; when the server says that the token is about to end
    /// the worker connects anew at once, and what runs goes on. When it throws, the worker tries again later. Default: none.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? KeySource { get; set; }

    /// <summary>The namespace. Default: <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>The worker's name, for people. Default: machine name and process id.</summary>
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How many handlers run at once, 0 to 10,000. Default: 10.</summary>
    public int Slots { get; set; } = 10;

    /// <summary>How many jobs the server may send ahead. Default: the server decides from how long jobs run.</summary>
    public int? Prefetch { get; set; }

    /// <summary>The worker's tags. Default: none.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Queue labels that it takes. Default: all.</summary>
    public IList<string> Queues { get; } = [];

    /// <summary>How long running handlers may go on when the worker drains, before they are asked to stop. Default: 20 seconds.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long handlers may take to stop after they were asked, before their jobs are left to the server. Default: 5 seconds.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try to connect may take. Default: 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two tries to connect; they start at 100 ms and double. Default: 15 seconds.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How arguments, results and checkpoints are read and written. Default: camelCase, as <see cref="JsonSerializerOptions.Web"/>.</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>What the WebSocket connects with. Default: plain sockets.</summary>
    public HttpMessageInvoker? Http { get; set; }

    /// <summary>
    /// What handlers enqueue children with (<see cref="JobContext.EnqueueChildrenAsync"/>); its key has to be one that may enqueue, which one of the role <c>worker</c> is not.
    /// Not disposed of by the worker. Default: a client with the worker's address, key, namespace and JSON.
    /// </summary>
    public WorcrClient? Client { get; set; }

    internal IList<Type> HandlerTypes { get; } = [];

    internal WorcrClient NewClient() =>
        new(new WorcrClientOptions { Url = HttpAddress(), Key = Key, KeySource = KeySource, Namespace = Namespace, Json = Json, TimeProvider = TimeProvider });

    private Uri HttpAddress() =>
        Url.Scheme is "ws" or "wss" ? new UriBuilder(Url) { Scheme = Url.Scheme == "wss" ? "https" : "http", Port = Url.Port }.Uri : Url;

    /// <summary>Does jobs of a type with a handler that is made in a service scope of its own for each job.</summary>
    /// <param name="type">The job type, such as <c>email.send</c>; <c>*</c> is every type that has no handler of its own.</param>
    public WorcrWorkerOptions Handle<THandler, TArgs>(string type)
        where THandler : class, IJobHandler<TArgs>
    {
        HandlerTypes.Add(typeof(THandler));
        return Add(type, services => new ScopedInvoker<THandler, TArgs>(Scopes(services)));
    }

    /// <summary>Does jobs of a type with a handler that has a result and is made in a service scope of its own for each job.</summary>
    /// <param name="type">The job type; <c>*</c> is every type that has no handler of its own.</param>
    public WorcrWorkerOptions Handle<THandler, TArgs, TResult>(string type)
        where THandler : class, IJobHandler<TArgs, TResult>
    {
        HandlerTypes.Add(typeof(THandler));
        return Add(type, services => new ScopedInvoker<THandler, TArgs, TResult>(Scopes(services)));
    }

    /// <summary>Does jobs of a type with a delegate.</summary>
    /// <param name="type">The job type; <c>*</c> is every type that has no handler of its own.</param>
    /// <param name="handler">Does a job.</param>
    public WorcrWorkerOptions Handle<TArgs>(string type, Func<TArgs, JobContext, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(type, _ => new DelegateInvoker<TArgs>(handler));
    }

    /// <summary>Does jobs of a type with a delegate that has a result.</summary>
    /// <param name="type">The job type; <c>*</c> is every type that has no handler of its own.</param>
    /// <param name="handler">Does a job.</param>
    public WorcrWorkerOptions Handle<TArgs, TResult>(string type, Func<TArgs, JobContext, ValueTask<TResult>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(type, _ => new DelegateInvoker<TArgs, TResult>(handler));
    }

    /// <summary>Does jobs of a type with a delegate that reads <see cref="JobContext.Args"/> and writes its result (or nothing) as UTF-8 JSON itself.</summary>
    /// <param name="type">The job type; <c>*</c> is every type that has no handler of its own.</param>
    /// <param name="handler">Does a job.</param>
    public WorcrWorkerOptions HandleRaw(string type, Func<JobContext, ValueTask<ReadOnlyMemory<byte>>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(type, _ => new RawInvoker(handler));
    }

    internal HandlerTable Handlers(IServiceProvider? services) =>
        new(_handlers.ToDictionary(handler => handler.Key, handler => handler.Value(services), StringComparer.Ordinal));

    internal async ValueTask<string?> KeyAsync(CancellationToken cancel) => KeySource is null ? Key : await KeySource(cancel).ConfigureAwait(false);

    internal Uri HubAddress()
    {
        var scheme = Url.Scheme switch { "https" or "wss" => "wss", _ => "ws" };
        var path = Url.AbsolutePath.TrimEnd('/') + WorkerBounds.HubPath;
        return new UriBuilder(Url) { Scheme = scheme, Port = Url.Port, Path = path, Query = "ns=" + Uri.EscapeDataString(Namespace) }.Uri;
    }

    internal void Validate()
    {
        if (_handlers.Count == 0) throw new InvalidOperationException("The worker has no handler: call Handle.");
        if (Key is not null && KeySource is not null) throw new InvalidOperationException("Key and KeySource cannot both be given.");
        if (Slots is < 0 or > WorkerBounds.Slots) throw new InvalidOperationException("Slots must be 0 to 10,000.");
        if (Prefetch is < 0 or > WorkerBounds.Slots) throw new InvalidOperationException("Prefetch must be 0 to 10,000.");
        if (Name is not { Length: >= 1 and <= WorkerBounds.NameLength }) throw new InvalidOperationException("Name must have 1 to 255 characters.");
        if (ConnectTimeout <= TimeSpan.Zero) throw new InvalidOperationException("ConnectTimeout must be positive.");
        if (MaxReconnectDelay <= TimeSpan.Zero) throw new InvalidOperationException("MaxReconnectDelay must be positive.");
        if (DrainTimeout < TimeSpan.Zero || StopTimeout < TimeSpan.Zero) throw new InvalidOperationException("DrainTimeout and StopTimeout must not be negative.");
    }

    private static IServiceScopeFactory Scopes(IServiceProvider? services) => services?.GetRequiredService<IServiceScopeFactory>()
        ?? throw new InvalidOperationException("A handler class needs services: give the worker an IServiceProvider, or use a delegate.");

    private WorcrWorkerOptions Add(string type, Func<IServiceProvider?, JobInvoker> make)
    {
        if (type is not { Length: >= 1 and <= WorkerBounds.NameLength }) throw new ArgumentException("1 to 255 characters are needed.", nameof(type));
        if (!_handlers.TryAdd(type, make)) throw new ArgumentException($"There is a handler for {type} already.", nameof(type));
        return this;
    }
}
