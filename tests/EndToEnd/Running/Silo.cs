using System.Globalization;

namespace Worcr.EndToEnd.Running;

/// <summary>A silo in a process of its own, on a free port.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private readonly SiloSpec _spec;
    private Child _child;

    private Silo(SiloSpec spec, Child child, Uri url)
    {
        _spec = spec;
        _child = child;
        Url = url;
        Api = new Api(url, spec.Key);
    }

    public Uri Url { get; }

    public Api Api { get; }

    public string Output => _child.Output;

    /// <summary>Of its process.</summary>
    public int Id => _child.Id;

    /// <summary>The first line of its log, past or future, with these words.</summary>
    public Task<string> SaidAsync(string words) => _child.LineAsync(l => l.Contains(words, StringComparison.Ordinal), words);

    /// <summary>Starts one and waits until it says that it is ready.</summary>
    public static async Task<Silo> StartAsync(SiloSpec spec)
    {
        var pinned = spec with { Port = spec.Port ?? Places.FreePort() };
        var child = Launch(pinned);
        try
        {
            var line = await child.LineAsync(l => l.Contains("ready on ", StringComparison.Ordinal), "that it is ready");
            return new Silo(pinned, child, new Uri(line[(line.LastIndexOf(' ') + 1)..]));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that is expected to refuse; its exit code and what it said.</summary>
    public static async Task<(int Code, string Output)> RefusedAsync(SiloSpec spec)
    {
        await using var child = Launch(spec with { Port = spec.Port ?? Places.FreePort() });
        var code = await child.ExitAsync();
        return (code, child.Output);
    }

    /// <summary>A worker of HTTP calls for these types.</summary>
    public HttpWorker Worker(params string[] types) => new(Api, $"w-{types[0]}", types);

    /// <summary>Asks it to drain.</summary>
    public void Terminate() => _child.Terminate();

    /// <summary>Its exit code, when it has left.</summary>
    public Task<int> ExitAsync() => _child.ExitAsync();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _child.KillAsync();

    /// <summary>Starts it again at the same address over the same store.</summary>
    public async Task RestartAsync()
    {
        await _child.DisposeAsync();
        _child = Launch(_spec);
        await _child.LineAsync(l => l.Contains("ready on ", StringComparison.Ordinal), "that it is ready");
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _child.DisposeAsync();
    }

    private static Child Launch(SiloSpec spec)
    {
        var environment = new Dictionary<string, string>(spec.Environment)
        {
            ["DATABASE_URL"] = spec.DatabaseUrl,
            ["WORCR_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://{spec.Host}:{spec.Port}"),
        };
        return Child.Start(new ChildSpec
        {
            Name = "worcr serve",
            Program = spec.Through.Count > 0 ? spec.Through[0] : "dotnet",
            Arguments = [.. spec.Through.Skip(1), .. spec.Through.Take(1).Select(_ => "dotnet"), Places.Worcr, "serve"],
            Environment = environment,
            Folder = spec.Folder,
        });
    }
}
