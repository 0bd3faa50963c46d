using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Events;
using Worcr.SiloHost.Pages;

namespace Worcr.SiloHost.Hosting;

/// <summary>One silo: the composition of API, gateways and dispatchers in one web application.</summary>
public static partial class Silo
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>This build's version.</summary>
    public static string Version { get; } =
        typeof(Silo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Builds a silo without starting it. Throws <see cref="SiloOptionsException"/> when the options cannot be used.</summary>
    public static WebApplication Build(SiloOptions options, SiloParts? parts = null)
    {
        SiloOptionsValidator.Demand(options);
        parts ??= SiloParts.Standard;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "worcr",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        builder.WebHost.UseKestrelCore().UseSockets(KestrelSetup.Apply).ConfigureKestrel(kestrel => KestrelSetup.Apply(kestrel, options)).UseUrls([.. options.Urls]);
        LoggingSetup.Apply(builder.Logging, options);
        AddServices(builder.Services, options);
        parts.Services(builder.Services, options);
        builder.Services.AddWorcrAuth(options);
        var app = builder.Build();
        app.UseWorcrEdge(options);
        app.UseWorcrPages();
        app.MapWorcrApi();
        app.MapWorcrOperations();
        parts.Endpoints(app);
        return app;
    }

    /// <summary>
    /// Runs a silo until a signal or <paramref name="cancel"/> ends it, then drains it. Prints one line that ends in
    /// <c>ready on URL</c> once it serves. The exit code: 0, or 1 when it could not start.
    /// </summary>
    public static async Task<int> RunAsync(SiloOptions options, SiloParts? parts = null, CancellationToken cancel = default)
    {
        await using var app = Build(options, parts);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException error)
        {
            LogCannotServe(app.Logger, string.Join(';', options.Urls), error.Message);
            return 1;
        }

        await Console.Out.WriteLineAsync($"worcr {Version} ready on {AddressOf(app)}");
        await using var onCancel = cancel.Register(() => _ = app.Services.GetRequiredService<Shutdown>().BeginAsync());
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    /// <summary>The first address that a started silo serves, with its real port.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    private static void AddServices(IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Shutdown>();
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.AddHostedService<WarmUp>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        services.AddRouting();
        services.AddWorcrApi();
        services.AddWorcrEvents();
        services.AddWorcrOperations();
    }
}
