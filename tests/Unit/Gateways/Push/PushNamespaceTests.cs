using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.SiloHost.Gateways.Push;
using Worcr.SiloHost.Gateways.Sessions;
using Worcr.SiloHost.Hosting;
using Worcr.SiloHost.Outgoing;

namespace Worcr.Unit.Gateways.Push;

/// <summary>Requests under way outlive the dispatcher that they came from; what cannot be waited for is given back.</summary>
public sealed class PushNamespaceTests : IAsyncLifetime
{
    private readonly OutgoingHttp _http = new(new AddressRule([AddressRule.Loopback]));
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeDispatcher _dispatcher = new() { Happening = ListeningAsync };
    private readonly PushNamespace _namespace;
    private readonly WebApplication _target;

    public PushNamespaceTests()
    {
        var caller = new PushCaller(_http, new PublicAddress(new SiloOptions { Advertise = "http://silo" }, Substitute.For<IServer>()), TimeProvider.System);
        var sessions = new SessionSurroundings(TimeProvider.System, TimeSpan.FromSeconds(10), NullLogger<WorkerSession>.Instance);
        _namespace = new PushNamespace("default", new PushSurroundings(caller, sessions, new Random(1), NullLogger<PushEndpoint>.Instance));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _target = builder.Build();
        _target.Run(TakeAsync);
    }

    public async ValueTask InitializeAsync()
    {
        await _target.StartAsync();
        _dispatcher.Endpoints["e"] = new EndpointRule(_target.Urls.First(), ["*"]) { Secret = WebhookSecret.New(), Slots = 1 };
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _target.StopAsync(now.Token);
        await _target.DisposeAsync();
        _http.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task An_answer_that_came_without_a_dispatcher_is_told_to_the_next_one()
    {
        using var gone = new CancellationTokenSource();
        var first = _namespace.AccompanyAsync(_dispatcher, gone.Token, _stopping.Token);
        _dispatcher.Add(1);
        await _came.Task.WaitAsync(TestContext.Current.CancellationToken);
        _dispatcher.Breaks = new DispatcherUnavailableException("It starts anew.");
        await gone.CancelAsync();
        await first;
        _answer.SetResult();

        _dispatcher.Breaks = null;
        var lease = _dispatcher.LiveLeases().ShouldHaveSingleItem();
        var second = _namespace.AccompanyAsync(_dispatcher, CancellationToken.None, _stopping.Token);
        await _dispatcher.Changes.Until(() => _dispatcher.Completed == 1, "the report came to the next dispatcher");
        _dispatcher.Registrations.Count.ShouldBe(2);
        _dispatcher.Registrations[1].ShouldSatisfyAllConditions(r => r.Held.ShouldBe([lease]), r => r.Worker.ShouldBe("endpoint:e"), r => r.Transport.ShouldBe("push"));
        Encoding.UTF8.GetString(_dispatcher.Reports.Single().Result!).ShouldBe("7");
        _hungUp.Task.IsCompleted.ShouldBeFalse();
        await _stopping.CancelAsync();
        await second;
    }

    [Fact]
    public async Task When_the_silo_stops_the_request_is_ended_and_the_job_given_back()
    {
        var running = _namespace.AccompanyAsync(_dispatcher, CancellationToken.None, _stopping.Token);
        _dispatcher.Add(1);
        await _came.Task.WaitAsync(TestContext.Current.CancellationToken);
        await _stopping.CancelAsync();
        await running;
        await _hungUp.Task.WaitAsync(TestContext.Current.CancellationToken);
        (_dispatcher.Yielded, _dispatcher.Live, _dispatcher.Sessions).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_session_that_was_forgotten_is_opened_again_with_what_it_holds()
    {
        var running = _namespace.AccompanyAsync(_dispatcher, CancellationToken.None, _stopping.Token);
        _dispatcher.Add(1);
        await _came.Task.WaitAsync(TestContext.Current.CancellationToken);
        _dispatcher.CloseSessions();
        await _dispatcher.Changes.Until(() => _dispatcher.Registrations.Count == 2, "the session was opened again");
        _answer.SetResult();
        await _dispatcher.Changes.Until(() => _dispatcher.Completed == 1, "the report was taken");
        _dispatcher.Registrations[1].Held.ShouldHaveSingleItem();
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Without_a_place_among_the_listeners_it_looks_now_and_then()
    {
        _dispatcher.Happening = _ => throw new ListenerLimitException(1);
        var running = _namespace.AccompanyAsync(_dispatcher, CancellationToken.None, _stopping.Token);
        _answer.SetResult();
        _dispatcher.Add(1);
        await _dispatcher.Changes.Until(() => _dispatcher.Completed == 1, "the job was brought");
        _dispatcher.Endpoints.Clear();
        await _dispatcher.Changes.Until(() => _dispatcher.SessionCalls.Any(c => c.Action == SessionAction.Drain), "the endpoint was dropped");
        await _stopping.CancelAsync();
        await running;
    }

    private static async IAsyncEnumerable<DispatcherEvent> ListeningAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        yield return new DispatcherEvent(1, 0, "listening");
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await over.Task.WaitAsync(cancel);
    }

    private async Task TakeAsync(HttpContext context)
    {
        await using var gone = context.RequestAborted.Register(() => _hungUp.TrySetResult());
        _came.TrySetResult();
        if (await Task.WhenAny(_answer.Task, _hungUp.Task) == _answer.Task) await context.Response.WriteAsync("7", context.RequestAborted);
    }
}
