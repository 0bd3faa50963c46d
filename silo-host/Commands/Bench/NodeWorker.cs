using System.Globalization;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>How to run a worker of the JavaScript SDK.</summary>
/// <param name="Program">Node.js.</param>
/// <param name="Sdk">The SDK's built entry file.</param>
public sealed record NodeWorker(string Program, string Sdk)
{
    private const string Script = """
        import { pathToFileURL } from 'node:url';
        const [sdk, url, slots, type] = process.argv.slice(1);
        const { Worker } = await import(pathToFileURL(sdk).href);
        let started = false;
        const handler = async () => {
          if (started) return;
          started = true;
          console.log(`first ${Math.round((performance.timeOrigin + performance.now()) * 1000)}`);
        };
        const worker = new Worker({ url, slots: Number(slots), handlers: { [type]: handler } });
        const stop = async () => {
          await worker.stop();
          process.exit(0);
        };
        process.once('SIGTERM', stop);
        process.once('SIGINT', stop);
        await worker.start();
        """;

    private static readonly string DistEntry = Path.Combine("src", "client-js", "dist", "index.js");

    /// <summary>Finds Node.js and the SDK; null, and why, when one is missing.</summary>
    public static NodeWorker? Find(string? clientJs, out string why)
    {
        why = "";
        if (ProgramFiles.Find("node") is not { } node)
        {
            why = "no node in PATH";
            return null;
        }

        var entry = clientJs is null ? FindUpwards() : Path.Combine(Path.GetFullPath(clientJs), "index.js");
        if (entry is not null && File.Exists(entry)) return new NodeWorker(node, entry);
        why = $"no {DistEntry} (npm run build in src/client-js, or --client-js)";
        return null;
    }

    /// <summary>The arguments that run a worker; its script travels on the command line.</summary>
    public IEnumerable<string> Arguments(Uri silo, int slots) =>
        ["--input-type=module", "--eval", Script, "--", Sdk, silo.ToString().TrimEnd('/'), slots.ToString(CultureInfo.InvariantCulture), Http.BenchRequests.Type];

    private static string? FindUpwards()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var entry = Path.Combine(folder.FullName, DistEntry);
            if (File.Exists(entry)) return entry;
        }

        return null;
    }
}
