using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
    public static async Task<DemoSilo> StartAsync(string? databaseUrl, string? urls, CancellationToken cancel)
    {
        var folder = databaseUrl is null ? Directory.CreateTempSubdirectory("worcr-demo-") : null;
        string[] settings =
        [
            $"--DATABASE_URL={databaseUrl ?? $"sqlite://{folder!.FullName}/worcr.db"}", $"--WORCR_URLS={urls ?? FreeUrl()}", "--WORCR_AUTH=off",
            "--WORCR_LOG=error", "--WORCR_DRAIN_TIMEOUT=10s",
        ];
        var app = Silo.Build(SiloOptionsReader.Read(settings), WithoutSignals(SiloParts.Standard));
        try
        {
            await app.StartAsync(cancel);
            return new DemoSilo(app, folder);
        }
        catch (IOException error)
        {
            await app.DisposeAsync();
            folder?.Delete(recursive: true);
            throw new CommandException($"the demo's silo cannot start: {error.Message}");
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

    private static string FreeUrl()
    {
        for (var port = FirstPort; port < FirstPort + Ports; port++)
        {
            if (IsFree(port)) return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        }

        throw new CommandException($"all ports from {FirstPort} to {FirstPort + Ports - 1} are taken: name one by --port");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
