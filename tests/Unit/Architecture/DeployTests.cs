using System.Text.RegularExpressions;
using Worcr.SiloHost.Hosting;

namespace Worcr.Unit.Architecture;

/// <summary>What the files in deploy speak of is there.</summary>
public sealed partial class DeployTests
{
    private static readonly string[] OfOthers = ["POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "APP_UID"];

    [Fact]
    public void The_image_is_built_from_paths_that_are_there()
    {
        var stages = StagePattern().Matches(Checkout.Text("deploy/Dockerfile")).Select(m => m.Groups["stage"].Value).ToHashSet();
        foreach (var line in Checkout.Lines("deploy/Dockerfile").Where(l => l.StartsWith("COPY ", StringComparison.Ordinal)))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1];
            if (words[0].StartsWith("--from=", StringComparison.Ordinal)) stages.ShouldContain(words[0]["--from=".Length..]);
            else foreach (var path in words) Path.Exists(Path.Combine(Checkout.Root, path)).ShouldBeTrue($"{path} is not there: {line}");
        }
    }

    [Fact]
    public void The_image_is_not_built_from_data_or_what_a_build_left()
    {
        var ignored = Checkout.Lines(".dockerignore");
        foreach (var path in (string[])[".git", "**/bin", "**/obj", "**/node_modules", "**/dist", "**/worcr-data", "**/.env"]) ignored.ShouldContain(path);
    }

    [Theory]
    [InlineData("deploy/Dockerfile")]
    [InlineData("deploy/docker-compose.yml")]
    [InlineData("deploy/worcr.service")]
    public void Only_variables_that_a_silo_reads_are_set(string file)
    {
        var read = Checkout.Text("silo-host/Hosting/SiloOptionsReader.cs");
        foreach (var name in VariablePattern().Matches(Checkout.Text(file)).Select(m => m.Value).Distinct().Except(OfOthers))
            read.ShouldContain($"\"{name}\"", customMessage: $"{file} sets {name}, which nobody reads");
    }

    [Fact]
    public void What_stops_a_silo_waits_for_longer_than_it_drains()
    {
        var drain = new SiloOptions().DrainTimeout.TotalSeconds;
        foreach (var (file, key) in new[] { ("deploy/docker-compose.yml", "stop_grace_period: "), ("deploy/worcr.service", "TimeoutStopSec=") })
        {
            var line = Checkout.Lines(file).Single(l => l.Contains(key, StringComparison.Ordinal));
            double.Parse(line[(line.IndexOf(key, StringComparison.Ordinal) + key.Length)..].TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(drain, line);
        }
    }

    [GeneratedRegex(@" AS (?<stage>\w+)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex StagePattern();

    [GeneratedRegex(@"\b[A-Z]+_[A-Z_]+\b", RegexOptions.None, 5_000)]
    private static partial Regex VariablePattern();
}
