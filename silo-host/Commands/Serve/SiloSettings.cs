using System.CommandLine;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Commands.Serve;

/// <summary>The silo's settings as options: each has the name of its environment variable, and a shorter one.</summary>
public sealed class SiloSettings
{
    private static readonly (string Key, string Value, string Description)[] Table =
    [
        ("DATABASE_URL", "URL", "sqlite:///path/file.db, sqlite::memory: or postgres://user:pass@host:port/db. Default: a file under ./worcr-data."),
        ("WORCR_URLS", "URLS", "Addresses to serve, separated by ';'. Default: http://127.0.0.1:9672."),
        ("WORCR_ADVERTISE", "URL", "Where other silos and people reach this one. Default: the first served address."),
        ("WORCR_AUTH", "MODE", "off (loopback addresses only) or keys. Default: off."),
        ("WORCR_BOOTSTRAP_KEY", "KEY", "An admin key beside those of the store (worcr key create), with --auth keys."),
        ("WORCR_CORS", "ORIGINS", "Origins whose pages may call the silo, separated by ','; * is all (with --auth keys only)."),
        ("WORCR_DRAIN_TIMEOUT", "DURATION", "How long workers may take to finish or yield when the silo stops. Default: 30s."),
        ("WORCR_RETENTION", "DURATION", "How long finished jobs are kept. Default: 7d."),
        ("WORCR_LOG", "LEVEL", "trace, debug, information, warning, error, critical or none. Default: information."),
        ("WORCR_LOG_FORMAT", "FORMAT", "text or json. Default: text."),
        ("WORCR_MAX_CONNECTIONS", "N", "Connections open at once. Default: 20000."),
        ("WORCR_WORKQ", "HOST:PORT", "Opens the Workq gateway there, such as 127.0.0.1:9922; loopback addresses only. Default: off."),
        ("WORCR_FAKTORY", "HOST:PORT", "Opens the Faktory gateway there, such as 127.0.0.1:7419. Default: off."),
        ("WORCR_PUSH_ALLOW", "NETWORKS", "Addresses that are not public and that jobs may be sent to, separated by ',': 10.1.0.0/16, private, loopback. Default: none."),
        ("WORCR_PUSH_CA", "FILE", "A PEM file with authorities that may vouch for endpoints, beside those of the system."),
        ("WORCR_FAKTORY_PASSWORD", "PASSWORD", "What Faktory clients have to know; needed on addresses other than loopback."),
    ];

    private readonly List<(string Key, Option<string?> Option)> _options = [];

    /// <summary>Adds the options to a command.</summary>
    public SiloSettings(Command command, bool hidden)
    {
        foreach (var (key, value, description) in Table)
        {
            var option = new Option<string?>(ShortName(key), $"--{key}") { Description = description, HelpName = value, Hidden = hidden };
            _options.Add((key, option));
            command.Add(option);
        }
    }

    /// <summary>The options of a call over environment and <c>appsettings.json</c>.</summary>
    public SiloOptions Read(ParseResult call)
    {
        var given = from pair in _options
                    let value = call.GetValue(pair.Option)
                    where value is not null
                    select $"--{pair.Key}={value}";
        return SiloOptionsReader.Read([.. given]);
    }

    private static string ShortName(string key) =>
        "--" + key.Replace("WORCR_", "", StringComparison.Ordinal).ToLowerInvariant().Replace('_', '-');
}
