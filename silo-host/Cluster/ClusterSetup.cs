using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>Registers store and dispatchers.</summary>
public static class ClusterSetup
{
    /// <summary>Adds <see cref="IDispatchers"/> over the store that <see cref="SiloOptions.DatabaseUrl"/> names.</summary>
    public static IServiceCollection AddWorcrDispatchers(this IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton(new ClusterOptions());
        services.AddSingleton(_ => JobStoreFactory.Open(options.DatabaseUrl));
        services.AddSingleton<IKeyStore>(s => s.GetRequiredService<IJobStore>());
        services.AddSingleton<DispatcherSource>();
        services.AddSingleton<Dispatchers>();
        services.AddSingleton<IDispatchers>(s => s.GetRequiredService<Dispatchers>());
        services.AddSingleton<IDrainable>(s => s.GetRequiredService<Dispatchers>());
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<Dispatchers>());
        services.AddHostedService(s => s.GetRequiredService<Dispatchers>());
        return services;
    }
}
