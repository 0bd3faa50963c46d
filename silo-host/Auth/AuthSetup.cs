using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Auth;

/// <summary>Registers who may call.</summary>
public static class AuthSetup
{
    /// <summary>Adds the gate that <see cref="SiloOptions.Auth"/> asks for.</summary>
    public static IServiceCollection AddWorcrAuth(this IServiceCollection services, SiloOptions options)
    {
        if (options.Auth == AuthMode.Off) return services.AddSingleton<IGate, LoopbackGate>();
        services.AddSingleton<IKeyRing>(new BootstrapKeyRing(options.BootstrapKey!));
        return services.AddSingleton<IGate, KeyGate>();
    }
}
