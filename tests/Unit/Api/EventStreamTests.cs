using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Worcr.Grains;
using Worcr.SiloHost.Hosting;

namespace Worcr.Unit.Api;

public sealed class EventStreamTests : ApiHost
{
    private readonly Channel<DispatcherEvent> _events = Channel.CreateUnbounded<DispatcherEvent>();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Events_come_as_server_sent_events()
    {
        Tell(new DispatcherEvent(7, 1_780_000_000_123, "job.dead", Samples.Id, "mail", "", "default", Samples.Utf8("""{"code":"smtp"}""")));
        using var answer = await OpenAsync("/v1/events?events=job.dead,slo.*&type=mail&tenant=&queue=default");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        var first = await ItemsAsync(answer).FirstAsync(TestContext.Current.CancellationToken);
        first.EventId.ShouldBe("7");
        first.EventType.ShouldBe("job.dead");
        var data = JsonDocument.Parse(first.Data).RootElement;
        data.GetProperty("at").GetString().ShouldBe("2026-05-28T20:26:40.123Z");
        data.GetProperty("job").GetGuid().ShouldBe(Samples.Id);
        data.GetProperty("data").GetProperty("code").GetString().ShouldBe("smtp");
        var asked = Dispatcher.Only<EventsRequest>();
        asked.Events.ShouldBe(["job.dead", "slo.*"]);
        (asked.Type, asked.Tenant, asked.Queue).ShouldBe(("mail", "", "default"));
    }

    [Fact]
    public async Task A_reader_that_leaves_is_forgotten()
    {
        Tell(new DispatcherEvent(1, 1, "listening"));
        (await OpenAsync("/v1/events")).Dispose();
        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_stream_ends_when_the_silo_drains()
    {
        Tell(new DispatcherEvent(1, 1, "listening"));
        using var answer = await OpenAsync("/v1/events");
        var items = ItemsAsync(answer).ToListAsync(TestContext.Current.CancellationToken);
        foreach (var part in App.Services.GetServices<IDrainable>()) await part.DrainAsync(CancellationToken.None);
        (await items).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_stream_ends_with_the_dispatcher()
    {
        Tell(new DispatcherEvent(1, 1, "listening"));
        _events.Writer.Complete();
        using var answer = await OpenAsync("/v1/events");
        (await ItemsAsync(answer).ToListAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("events=job.died", "events")]
    [InlineData("event=job.dead", "event")]
    public async Task A_misspelt_filter_is_refused(string query, string path) =>
        await ShouldFailAsync(await GetAsync("/v1/events?" + query), 400, "invalid_parameter", path);

    [Fact]
    public async Task Too_many_listeners_are_refused()
    {
        Dispatcher.OnEvents = (_, _) => throw new ListenerLimitException(1_000);
        var answer = await GetAsync("/v1/events");
        await ShouldFailAsync(answer, 429, "overloaded");
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static IAsyncEnumerable<SseItem<string>> ItemsAsync(HttpResponseMessage answer) =>
        SseParser.Create(answer.Content.ReadAsStream(TestContext.Current.CancellationToken)).EnumerateAsync(TestContext.Current.CancellationToken);

    private void Tell(DispatcherEvent happened)
    {
        Dispatcher.OnEvents = (_, cancel) => ReadAsync(cancel);
        _events.Writer.TryWrite(happened);
    }

    private async IAsyncEnumerable<DispatcherEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        try
        {
            await foreach (var happened in _events.Reader.ReadAllAsync(cancel)) yield return happened;
        }
        finally
        {
            _left.TrySetResult();
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(string path)
    {
        var answer = await Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }
}
