using System.Globalization;
using Worcr.Simulation.Running;

namespace Worcr.Simulation;

/// <summary>
/// The tests' runner, and the way to replay a run: <c>--seed N [--verbose]</c> plays one, <c>--seeds COUNT [--from N]</c> plays many.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (Number(args, "--seed") is { } seed) return Replay(seed, args.Contains("--verbose"));
        if (Number(args, "--seeds") is { } count) return PlayMany(Number(args, "--from") ?? Seeds.First, count);
        return args.Any(a => a is "--server" or "--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }

    private static int? Number(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;
    }

    private static int Replay(int seed, bool verbose)
    {
        Console.WriteLine($"seed {seed}");
        var result = Run.Of(seed, verbose ? Console.Out : null);
        Console.WriteLine(result.Failure is null ? $"{result.Scenario.Kind}: kept every promise, {result.Steps} events, hash {result.Hash:x16}" : result.Report());
        return result.Failure is null ? 0 : 1;
    }

    private static int PlayMany(int from, int count)
    {
        var batch = Batch.Of([.. Enumerable.Range(from, count)]);
        foreach (var failure in batch.Failures.Take(3)) Console.WriteLine(failure.Report() + "\n");
        foreach (var kind in batch.Failures.GroupBy(f => Headline(f)).OrderByDescending(g => g.Count()))
            Console.WriteLine($"{kind.Count(),6} x {kind.Key}, seeds {string.Join(' ', kind.Take(8).Select(f => f.Scenario.Seed))}");
        foreach (var line in batch.Lines()) Console.WriteLine(line);
        Console.WriteLine($"{count} runs from seed {from}, {batch.Steps:N0} events, {batch.Failures.Count} failures");
        return batch.Failures.Count == 0 ? 0 : 1;
    }

    private static string Headline(RunResult result) =>
        result.Failure is World.Violation broken ? broken.Promise : $"{result.Failure!.GetType().Name}: {result.Failure.Message}";
}
