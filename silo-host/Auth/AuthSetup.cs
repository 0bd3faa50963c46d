using Worcr.SiloHost.Api;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Auth;

/// <summary>Registers who may call.</summary>
internal static class AuthSetup
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>Adds keys, tokens, and the gate that <see cref="SiloOptions.Auth"/> asks for. Comes after the store: keys are read once its schema is there.</summary>
    public static IServiceCollection AddWorcrAuth(this IServiceCollection services, SiloOptions options)
    {
        services.AddCors();
        services.AddSingleton<OriginRule>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IKeyRing>(s => s.GetRequiredService<KeyRing>());
        services.AddSingleton<TokenSecret>();
        services.AddSingleton<WorkerTokens>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<KeyBook>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<TokenEndpoint>();
        if (options.Auth == AuthMode.Off) return services.AddSingleton<IGate, LoopbackGate>();
        return services.AddSingleton<IGate, KeyGate>().AddHostedService<KeyWatch>();
    }

    /// <summary>Lets the pages of <c>WORCR_CORS</c> call. Credentials (there are none that a browser would send by itself) are allowed to named origins only.</summary>
    public static void UseWorcrCors(this WebApplication app, SiloOptions options)
    {
        if (options.Cors.Count == 0) return;
        app.UseCors(policy =>
        {
            policy.AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("Retry-After").SetPreflightMaxAge(PreflightAge);
            if (options.Cors.Contains(OriginRule.All)) policy.AllowAnyOrigin();
            else policy.WithOrigins([.. options.Cors.Select(OriginRule.Normal)]).AllowCredentials();
        });
    }

    /// <summary>Maps <c>/v1/keys</c>: keys hold for the whole installation, so there is no path of a namespace.</summary>
    public static void MapWorcrKeys(this WebApplication app)
    {
        foreach (var route in app.Services.GetRequiredService<KeyEndpoints>().Routes) ApiSetup.Map(app, "/v1", route);
    }
}
