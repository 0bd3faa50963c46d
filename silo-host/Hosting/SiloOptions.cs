namespace Worcr.SiloHost.Hosting;

/// <summary>Everything that can be set about a silo. Read by <see cref="SiloOptionsReader"/>, checked by <see cref="SiloOptionsValidator"/>.</summary>
public sealed record SiloOptions
{
    /// <summary><c>DATABASE_URL</c>: <c>sqlite:///path/file.db</c>, <c>sqlite::memory:</c> or <c>postgres://user:pass@host:port/db</c>. Default: the file <c>worcr-data/worcr.db</c> under the working directory.</summary>
    public string DatabaseUrl { get; init; } = "sqlite://" + Path.GetFullPath(Path.Combine("worcr-data", "worcr.db"));

    /// <summary><c>WORCR_URLS</c>: addresses to serve, separated by <c>;</c>. Port 0 takes a free one. Default: <c>http://127.0.0.1:9672</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:9672"];

    /// <summary><c>WORCR_ADVERTISE</c>: the address at which other silos and people reach this one. Default: the first served address.</summary>
    public string? Advertise { get; init; }

    /// <summary><c>WORCR_AUTH</c>: <c>off</c> (loopback addresses only) or <c>keys</c>. Default: off.</summary>
    public AuthMode Auth { get; init; } = AuthMode.Off;

    /// <summary><c>WORCR_BOOTSTRAP_KEY</c>: an admin key of at least 16 characters, beside those of the store. Default: none.</summary>
    public string? BootstrapKey { get; init; }

    /// <summary><c>WORCR_CORS</c>: origins whose pages may call the silo, separated by <c>,</c>; <c>*</c> (with keys only): all. Default: none.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary><c>WORCR_DRAIN_TIMEOUT</c>: how long workers may take to finish or yield when the silo stops; a duration. Default: 30s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>WORCR_RETENTION</c>: how long finished jobs and their logs are kept; a duration of at least 1h. Default: 7d.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary><c>WORCR_LOG</c>: <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>critical</c> or <c>none</c>. Logs go to standard error. Default: information.</summary>
    public LogLevel Log { get; init; } = LogLevel.Information;

    /// <summary><c>WORCR_LOG_FORMAT</c>: <c>text</c> or <c>json</c>. Default: text.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary><c>WORCR_MAX_CONNECTIONS</c>: how many connections may be open at once, WebSockets included. Default: 20000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary><c>WORCR_WORKQ</c>: <c>host:port</c> of the Workq gateway; a loopback address, for its protocol has no authentication. Default: none, the gateway is off.</summary>
    public string? Workq { get; init; }

    /// <summary><c>WORCR_FAKTORY</c>: <c>host:port</c> of the Faktory gateway. Default: none, the gateway is off.</summary>
    public string? Faktory { get; init; }

    /// <summary><c>WORCR_FAKTORY_PASSWORD</c>: what Faktory clients have to know; needed on addresses other than loopback. Default: none.</summary>
    public string? FaktoryPassword { get; init; }

    /// <summary><c>WORCR_PUSH_ALLOW</c>: addresses that are not public and that the silo may send to all the same, separated by <c>,</c>: networks such as <c>10.1.0.0/16</c>, <c>private</c>, <c>loopback</c>. Default: none.</summary>
    public IReadOnlyList<string> PushAllow { get; init; } = [];

    /// <summary><c>WORCR_PUSH_CA</c>: a PEM file with authorities that may vouch for endpoints, beside those of the system. Read at the start. Default: none.</summary>
    public string? PushCa { get; init; }

    /// <summary>Holds no secret: options may end up in a log.</summary>
    public override string ToString() => $"{string.Join(';', Urls)}, auth {Auth}";
}
