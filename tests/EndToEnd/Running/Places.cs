using System.Net.Sockets;
using System.Reflection;

namespace Worcr.EndToEnd.Running;

/// <summary>Where the things under test are.</summary>
internal static class Places
{
    /// <summary>The executable: the one that was built with the tests, or another, such as a published one, that WORCR_EXECUTABLE names.</summary>
    public static string Worcr { get; } = Environment.GetEnvironmentVariable("WORCR_EXECUTABLE") ?? Built("Worcr.Executable");

    /// <summary>The built helper that plays workers.</summary>
    public static string Player { get; } = Built("Worcr.Player");

    public static string Checkout { get; } = Built("Worcr.Checkout");

    /// <summary>A new folder for one test's files.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("worcr-e2e-").FullName;

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The file, which the test cannot do without.</summary>
    public static string Need(string path, string toGetIt)
    {
        if (!File.Exists(path)) Lack($"{path} is missing: {toGetIt}");
        return path;
    }

    /// <summary>Skips the test because this machine lacks something; in CI, which has to have it, that is a failure.</summary>
    public static void Lack(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true") throw new InvalidOperationException(reason);
        Assert.Skip(reason);
    }

    private static string Built(string key) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
