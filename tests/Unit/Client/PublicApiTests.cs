using Worcr.Client;
using Worcr.Unit.Architecture;

namespace Worcr.Unit.Client;

/// <summary>The SDK's public API is a baseline in git: a change shows as a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_one_of_the_baseline()
    {
        var api = PublicApi.Of(typeof(WorcrClient).Assembly);
        var file = Path.Combine(Checkout.Root, "src/Client/PublicAPI.txt");
        if (Environment.GetEnvironmentVariable("WORCR_UPDATE_BASELINES") == "1") File.WriteAllText(file, api);
        api.ShouldBe(File.ReadAllText(file), "Run the test with WORCR_UPDATE_BASELINES=1 if the change is meant, and say so in the changelog.");
    }
}
