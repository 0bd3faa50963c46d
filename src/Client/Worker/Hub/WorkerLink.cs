using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Client.Running;
using Worcr.Protocol.Worker;

namespace Worcr.Client.Hub;

/// <summary>One connection to the hub, from its start to its end.</summary>
internal sealed class WorkerLink : IAsyncDisposable
{
    private readonly WebSocketConnectionFactory _sockets;
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerLink(WebSocketConnectionFactory sockets, ILoggerFactory logs)
    {
        _sockets = sockets;
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(sockets);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri("ws://worcr")));
        builder.Services.AddSingleton<IHubProtocol>(new WorkerHubProtocol());
        builder.Services.AddSingleton(logs);
        _connection = builder.Build();
        _connection.Closed += error =>
        {
            _closed.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes when the connection is over, with what ended it.</summary>
    public Task<Exception?> Closed => _closed.Task;

    /// <summary>Connects. The engine hears what the server calls.</summary>
    public static async Task<WorkerLink> ConnectAsync(WorcrWorkerOptions options, WorkerEngine engine, ILoggerFactory logs, CancellationToken cancel)
    {
        var link = new WorkerLink(new WebSocketConnectionFactory(options.HubAddress(), options.KeyAsync, options.ConnectTimeout, options.Http), logs);
        link.Listen(engine);
        try
        {
            await link._connection.StartAsync(cancel).ConfigureAwait(false);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the session.</summary>
    public Task<RegisterAnswer> RegisterAsync(RegisterCall call, CancellationToken cancel) => InvokeAsync<RegisterAnswer>(WorkerMethods.Register, [call], cancel);

    /// <summary>Tells how attempts ended.</summary>
    public Task<ReportAnswer> ReportAsync(ReportBatch batch) => InvokeAsync<ReportAnswer>(WorkerMethods.Report, [batch], CancellationToken.None);

    /// <summary>Calls without an answer.</summary>
    public Task CallAsync(string method, object?[] args, CancellationToken cancel) => InvokeAsync<object?>(method, args, cancel);

    /// <summary>Calls. Throws a <see cref="WorcrException"/> when the server refuses, and something else when the connection breaks.</summary>
    public async Task<T> InvokeAsync<T>(string method, object?[] args, CancellationToken cancel)
    {
        try
        {
            return await _connection.InvokeCoreAsync<T>(method, args, cancel).ConfigureAwait(false);
        }
        catch (HubException e) when (e.Message.StartsWith(WorkerHubProtocol.RefusalMark))
        {
            throw Refusal(e);
        }
    }

    /// <summary>Cuts the connection: its end is heard as that of any other.</summary>
    public void Break() => _sockets.Abort();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Listen(WorkerEngine engine)
    {
        On<RunBatch>(WorkerMethods.Run, batch => engine.Run(batch.Jobs));
        On<string, string>(WorkerMethods.Interrupt, (lease, _) => engine.Interrupt(lease));
        On<string, string>(WorkerMethods.Cancel, (lease, _) => engine.Cancel(lease));
        On<string>(WorkerMethods.Drain, engine.ServerDrains);
    }

    private void On<T>(string method, Action<T> heard) => On(method, [typeof(T)], args => heard((T)args[0]!));

    private void On<T1, T2>(string method, Action<T1, T2> heard) => On(method, [typeof(T1), typeof(T2)], args => heard((T1)args[0]!, (T2)args[1]!));

    private void On(string method, Type[] types, Action<object?[]> heard) => _connection.On(method, types, Hear(heard), heard);

    private static Func<object?[], object, Task> Hear(Action<object?[]> heard) => (args, _) =>
    {
        heard(args);
        return Task.CompletedTask;
    };

    private static WorcrException Refusal(HubException e)
    {
        const string Prefix = "HubException: ";
        var text = e.Message.AsSpan(1);
        var at = text.IndexOf(Prefix, StringComparison.Ordinal);
        if (at >= 0) text = text[(at + Prefix.Length)..];
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon is < 1 or > 64
            ? new WorcrException(0, "hub_rejected", text.ToString(), e) { IsRefusal = true }
            : new WorcrException(0, text[..colon].ToString(), text[(colon + 2)..].ToString(), e) { IsRefusal = true };
    }
}
