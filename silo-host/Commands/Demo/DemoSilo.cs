using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>The demo's silo, in this process, without signal handling of its own: the demo decides when it ends.</summary>
public sealed class DemoSilo : IAsyncDisposable
{
    private const int FirstPort = 9672;
    private const int Ports = 200;

    private readonly WebApplication _app;
    private readonly DirectoryInfo? _folder;

    private DemoSilo(WebApplication app, DirectoryInfo? folder)
    {
        _app = app;
        _folder = folder;
        Url = new Uri(Silo.AddressOf(app));
    }

    /// <summary>Where it is.</summary>
    public Uri Url { get; }

    /// <summary>Starts it over <paramref name="databaseUrl"/>, or over a SQLite file in a temporary folder that goes when it ends.</summary>
    /// <param name="databaseUrl">Where to keep the jobs, or null.</param>
    /// <param name="urls">Addresses to serve; null: the first free port from 9672 on.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<DemoSilo> StartAsync(string? databaseUrl, string? urls, CancellationToken cancel)
    {
        var folder = databaseUrl is null ? Directory.CreateTempSubdirectory("worcr-demo-") : null;
        var database = databaseUrl ?? $"sqlite://{folder!.FullName}/worcr.db";
        for (var port = FirstPort; ; port++)
        {
            var address = urls ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
            var app = Silo.Build(Options(database, address), WithoutSignals(SiloParts.Standard));
            try
            {
                await app.StartAsync(cancel);
                return new DemoSilo(app, folder);
            }
            catch (IOException error)
            {
                await app.DisposeAsync();
                if (urls is null && error.InnerException is AddressInUseException && port < FirstPort + Ports) continue;
                folder?.Delete(recursive: true);
                throw new CommandException($"the demo's silo cannot start: {error.Message}");
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.Services.GetRequiredService<Shutdown>().BeginAsync();
        await _app.WaitForShutdownAsync();
        await _app.DisposeAsync();
        _folder?.Delete(recursive: true);
    }

    private static SiloParts WithoutSignals(SiloParts parts) => parts with
    {
        Services = (services, options) =>
        {
            parts.Services(services, options);
            services.AddSingleton<IHostLifetime, DemoLifetime>();
        },
    };

    /// <summary>Says nothing while it runs: the table has the terminal. What keeps it from starting is an exception.</summary>
    private static SiloOptions Options(string databaseUrl, string urls) => SiloOptionsReader.Read(
        $"--DATABASE_URL={databaseUrl}", $"--WORCR_URLS={urls}", "--WORCR_AUTH=off", "--WORCR_LOG=critical", "--WORCR_DRAIN_TIMEOUT=10s");
}
