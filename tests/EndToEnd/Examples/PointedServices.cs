using Microsoft.Extensions.DependencyInjection;
using Worcr.Client;

namespace Worcr.EndToEnd.Examples;

/// <summary>Services whose workers go to the silo of the test, and not to the default address that the README counts on.</summary>
internal sealed class PointedServices(IServiceCollection services, Uri silo)
{
    public void AddWorcrWorker(Action<WorcrWorkerOptions> configure) => services.AddWorcrWorker(w =>
    {
        w.Url = silo;
        configure(w);
    });
}
