using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Worcr.Client;

/// <summary>Adds Worcr's client and workers to a host.</summary>
public static class WorcrServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="WorcrClient"/>.</summary>
    public static IServiceCollection AddWorcrClient(this IServiceCollection services, Action<WorcrClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new WorcrClientOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(_ => new WorcrClient(options));
        return services;
    }

    /// <summary>Adds a worker that runs as long as the host and drains when it stops. Handler classes are added as scoped services.</summary>
    public static IServiceCollection AddWorcrWorker(this IServiceCollection services, Action<WorcrWorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WorcrWorkerOptions();
        configure(options);
        options.Validate();
        foreach (var handler in options.HandlerTypes) services.TryAddScoped(handler);
        services.AddSingleton<IHostedService>(at => new WorcrWorkerService(new WorcrWorker(options, at, at.GetService<ILoggerFactory>())));
        return services;
    }
}
