using Npgsql;

namespace Worcr.Store.Postgres;

/// <summary>Reads <c>postgres://user:password@host:port,host2:port2/database?key=value</c> as libpq does.</summary>
internal static class PostgresUrl
{
    // Set-based statements over arrays have no useful statistics: a sequential scan of a busy table, or compiling a plan, would be a mistake each time.
    private const string SessionOptions = "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

    /// <summary>The settings for Npgsql.</summary>
    /// <exception cref="ArgumentException">It cannot be understood. The message never holds the password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (address, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, database) = Split(address, address.IndexOf('/', StringComparison.Ordinal));
        var at = authority.LastIndexOf('@');
        var settings = Defaults();
        if (at >= 0) SetUser(settings, authority[..at]);
        settings.Host = at < 0 ? authority : authority[(at + 1)..];
        settings.Database = database.Length > 0 ? Decode(database) : null;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Split(pair, pair.IndexOf('=', StringComparison.Ordinal));
            SetOption(settings, Decode(key), Decode(value));
        }

        MoveSinglePort(settings);
        if (string.IsNullOrEmpty(settings.Host)) throw new ArgumentException("the database URL names no host: postgres://user:password@host:5432/database");
        if (string.IsNullOrEmpty(settings.Database)) throw new ArgumentException("the database URL names no database: postgres://user:password@host:5432/database");
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Defaults() => new()
    {
        ApplicationName = "worcr",
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
        Enlist = false,
        MaxPoolSize = 20,
        Timeout = 5,
        CommandTimeout = 60,
        KeepAlive = 30,
        ReadBufferSize = 32 * 1024,
        WriteBufferSize = 64 * 1024,
        Options = SessionOptions,
    };

    private static void SetUser(NpgsqlConnectionStringBuilder settings, string user)
    {
        var (name, password) = Split(user, user.IndexOf(':', StringComparison.Ordinal));
        settings.Username = Decode(name);
        if (password.Length > 0) settings.Password = Decode(password);
    }

    private static void SetOption(NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        var name = key switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "connect_timeout" => "Timeout",
            "application_name" => "Application Name",
            "dbname" => "Database",
            "user" => "Username",
            "password" => "Password",
            "host" => "Host",
            "port" => "Port",
            "target_session_attrs" => "Target Session Attributes",
            _ => key.Replace('_', ' '),
        };
        try
        {
            settings[name] = key is "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new ArgumentException($"the database URL has a parameter '{key}' that is unknown or whose value cannot be understood", e);
        }
    }

    // One host: its port is a setting of its own. Several stay as they are, each with its port.
    private static void MoveSinglePort(NpgsqlConnectionStringBuilder settings)
    {
        var host = settings.Host ?? "";
        if (host.Contains(',', StringComparison.Ordinal) || host.StartsWith('/')) return;
        var colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            if (!int.TryParse(host.AsSpan(colon + 1), out var port) || port is < 1 or > 65535) throw new ArgumentException("the database URL's port must be a number from 1 to 65535");
            settings.Port = port;
            host = host[..colon];
        }

        settings.Host = Decode(host.Trim('[', ']'));
    }

    private static (string Before, string After) Split(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
