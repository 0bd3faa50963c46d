using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Hosting;

public sealed class ShutdownTests : ApiHost
{
    private readonly FakeDrainable _slow = new();

    protected override SiloOptions Options => base.Options with { DrainTimeout = TimeSpan.FromMinutes(1) };

    protected override void Add(IServiceCollection services) => services.AddSingleton<IDrainable>(_slow).AddSingleton<IDrainable>(new FailingDrainable());

    [Fact]
    public async Task The_silo_serves_while_it_drains_and_stops_when_it_has()
    {
        var lifetime = App.Services.GetRequiredService<IHostApplicationLifetime>();
        var shutdown = App.Services.GetRequiredService<Shutdown>();
        (await GetAsync("/readyz")).EnsureSuccessStatusCode();

        var first = shutdown.BeginAsync();
        shutdown.BeginAsync().ShouldBeSameAs(first);
        await _slow.Began.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await ShouldFailAsync(await GetAsync("/readyz"), 503, "draining");
        (await GetAsync("/healthz")).EnsureSuccessStatusCode();
        (await PostAsync("/v1/jobs", """{"type":"a"}""")).EnsureSuccessStatusCode();
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();

        _slow.Finish.SetResult();
        await first.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }

    private sealed class FakeDrainable : IDrainable
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task DrainAsync(CancellationToken cancel)
        {
            Began.SetResult();
            return Finish.Task;
        }
    }

    private sealed class FailingDrainable : IDrainable
    {
        public Task DrainAsync(CancellationToken cancel) => throw new InvalidOperationException("a defect must not keep the silo from stopping");
    }
}
