using System.Globalization;
using Worcr.Protocol;

namespace Worcr.SiloHost.Hosting;

/// <summary>
/// Reads <see cref="SiloOptions"/> from <c>appsettings.json</c> in the working directory, the environment and the command line
/// (<c>--WORCR_URLS=...</c>); the same keys everywhere, later sources win. What cannot be read is reported together.
/// </summary>
public sealed class SiloOptionsReader
{
    private readonly IConfiguration _source;
    private readonly List<string> _problems = [];

    private SiloOptionsReader(IConfiguration source) => _source = source;

    /// <summary>Reads and checks the options of this process.</summary>
    /// <param name="arguments">Command line: <c>--KEY=value</c> or <c>--KEY value</c>.</param>
    public static SiloOptions Read(params string[] arguments) =>
        Read(new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(arguments)
            .Build());

    /// <summary>Reads and checks options from any source.</summary>
    public static SiloOptions Read(IConfiguration source)
    {
        var reader = new SiloOptionsReader(source);
        var options = reader.Build();
        IReadOnlyList<string> problems = [.. reader._problems, .. SiloOptionsValidator.Check(options)];
        return problems.Count == 0 ? options : throw new SiloOptionsException(problems);
    }

    private SiloOptions Build()
    {
        var defaults = new SiloOptions();
        return new SiloOptions
        {
            DatabaseUrl = Text("DATABASE_URL") ?? defaults.DatabaseUrl,
            Urls = List("WORCR_URLS", ';') ?? defaults.Urls,
            Advertise = Text("WORCR_ADVERTISE"),
            Auth = Choice("WORCR_AUTH", defaults.Auth),
            BootstrapKey = Text("WORCR_BOOTSTRAP_KEY"),
            Cors = List("WORCR_CORS", ',') ?? defaults.Cors,
            DrainTimeout = Span("WORCR_DRAIN_TIMEOUT", defaults.DrainTimeout),
            Retention = Span("WORCR_RETENTION", defaults.Retention),
            Log = Choice("WORCR_LOG", defaults.Log),
            LogFormat = Choice("WORCR_LOG_FORMAT", defaults.LogFormat),
            MaxConnections = Number("WORCR_MAX_CONNECTIONS", defaults.MaxConnections),
            Workq = Text("WORCR_WORKQ"),
            Faktory = Text("WORCR_FAKTORY"),
            FaktoryPassword = Text("WORCR_FAKTORY_PASSWORD"),
            PushAllow = List("WORCR_PUSH_ALLOW", ',') ?? defaults.PushAllow,
            PushCa = Text("WORCR_PUSH_CA"),
        };
    }

    private string? Text(string key) => _source[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private string[]? List(string key, char separator) =>
        Text(key)?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private TimeSpan Span(string key, TimeSpan fallback)
    {
        if (Text(key) is not { } text) return fallback;
        if (Duration.TryParse(text, out var value)) return value.ToTimeSpan();
        _problems.Add($"{key}: \"{text}\" is not a duration; write it like 250ms, 30s, 5m, 12h or 7d.");
        return fallback;
    }

    private int Number(string key, int fallback)
    {
        if (Text(key) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        _problems.Add($"{key}: \"{text}\" is not a whole number.");
        return fallback;
    }

    private T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return fallback;
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        _problems.Add($"{key}: \"{text}\" is not known; write one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return fallback;
    }
}
