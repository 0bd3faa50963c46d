using Microsoft.Extensions.DependencyInjection;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Hosting;

public sealed class DrainTimeoutTests : ApiHost
{
    protected override SiloOptions Options => base.Options with { DrainTimeout = TimeSpan.FromMilliseconds(1) };

    protected override void Add(IServiceCollection services) => services.AddSingleton<IDrainable>(new EndlessDrainable());

    [Fact]
    public async Task Whoever_never_comes_to_rest_is_cut_short() =>
        await App.Services.GetRequiredService<Shutdown>().BeginAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private sealed class EndlessDrainable : IDrainable
    {
        public Task DrainAsync(CancellationToken cancel) => new TaskCompletionSource().Task;
    }
}
