using Worcr.SiloHost.Hosting;

namespace Worcr.Unit.Hosting;

public sealed class WarmUpTests
{
    [Fact]
    public async Task What_it_sends_is_taken_and_it_comes_to_an_end() =>
        (await WarmUp.RunAsync(TimeProvider.System, TestContext.Current.CancellationToken)).ShouldBe(WarmUp.Jobs);
}
