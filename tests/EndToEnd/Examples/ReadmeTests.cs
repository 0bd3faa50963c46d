using System.Runtime.Versioning;
using Microsoft.Extensions.Hosting;

namespace Worcr.EndToEnd.Examples;

/// <summary>The README's code does what the README says, as it stands there: only the silo's address is put in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReadmeTests
{
    private const string Address = "127.0.0.1:9672";

    private static readonly Document Readme = new("README.md");

    [Fact]
    public async Task Jobs_are_enqueued_with_curl_and_from_a_file()
    {
        await using var silo = await StartAsync();
        var folder = NewFolder();
        await File.WriteAllLinesAsync(Path.Combine(folder, "jobs.ndjson"), ["""{"type":"from.file"}""", """{"type":"from.file"}"""], TestContext.Current.CancellationToken);
        await using var shell = Shell(silo, folder, Readme.Block("sh", "worcr enqueue").Replace("localhost:9672", silo.Url.Authority, StringComparison.Ordinal));
        (await shell.ExitAsync()).ShouldBe(0, shell.Output);
        var job = (await silo.Api.ListAsync("type=email.send")).ShouldHaveSingleItem();
        job.GetProperty("tenant").GetString().ShouldBe("acme");
        job.GetProperty("retry").GetProperty("maxAttempts").GetInt32().ShouldBe(5);
        (await silo.Api.ListAsync("type=from.file")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Any_program_works()
    {
        await using var silo = await StartAsync();
        var folder = NewFolder();
        WriteProgram(folder, "send-email.sh", "read -r args; echo \"$args\"");
        await using var worker = Shell(silo, folder, "exec " + Readme.Block("sh", "worcr work"));
        await SendsAsync(silo, worker, "to");
    }

    [Theory]
    [InlineData("js", "sent")]
    [InlineData("python", "sent")]
    public async Task A_script_works(string language, string field)
    {
        await using var silo = await StartAsync();
        await using var worker = await RunAsync(silo, "README.md", language);
        await SendsAsync(silo, worker, field);
    }

    [Fact]
    public async Task A_host_works()
    {
        await using var silo = await StartAsync();
        var shown = Lines(Readme.Block("csharp"));
        var compiled = Lines(await File.ReadAllTextAsync(Path.Combine(Places.Checkout, "tests/EndToEnd/Examples/ReadmeWorker.cs"), TestContext.Current.CancellationToken));
        string.Join('\n', compiled).ShouldContain(string.Join('\n', shown), Case.Sensitive, "the README shows another worker than the one that is tested");

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ReadmeWorker.AddTo(new PointedServices(builder.Services, silo.Url));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await SendsAsync(silo, null, "to");
        await host.StopAsync(TestContext.Current.CancellationToken).OrSay("the host did not stop");
    }

    [Theory]
    [InlineData("src/client-js/README.md", "js", "b@example.com")]
    [InlineData("src/client-py/README.md", "python", "b@example.com")]
    public async Task The_example_of_an_sdk_runs_to_its_end(string path, string language, string expected)
    {
        await using var silo = await StartAsync();
        await using var program = await RunAsync(silo, path, language);
        (await program.ExitAsync()).ShouldBe(0, program.Output);
        program.Output.ShouldContain("succeeded");
        program.Output.ShouldContain(expected);
    }

    private static async Task<Silo> StartAsync() => await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite) });

    private static async Task SendsAsync(Silo silo, Child? worker, string field)
    {
        var id = await silo.Api.EnqueueAsync(new { type = "email.send", args = new { to = "a@b.c" } });
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("succeeded", worker?.Output ?? "");
        job.GetProperty("result").GetProperty(field).GetString().ShouldBe("a@b.c");
    }

    /// <summary>Runs the one script in that language that a document shows.</summary>
    private static async Task<Child> RunAsync(Silo silo, string path, string language)
    {
        var code = new Document(path).Block(language);
        code.ShouldContain(Address);
        var folder = NewFolder();
        var file = Path.Combine(folder, language == "js" ? "example.mjs" : "example.py");
        await File.WriteAllTextAsync(file, code.Replace(Address, silo.Url.Authority, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        if (language == "python") return Python.PythonProgram.Start(file);
        Places.Need(Path.Combine(Places.Checkout, "src/client-js/dist/index.js"), "npm ci && npm run build in src/client-js");
        Directory.CreateDirectory(Path.Combine(folder, "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules/worcr"), Path.Combine(Places.Checkout, "src/client-js"));
        return Child.Start(new ChildSpec { Name = path, Program = "node", Arguments = [file], Folder = folder });
    }

    /// <summary>Runs lines of shell where <c>worcr</c> is the built executable and knows the silo.</summary>
    private static Child Shell(Silo silo, string folder, string lines) => Child.Start(new ChildSpec
    {
        Name = "the README's shell",
        Program = "bash",
        Arguments = ["-e", "-c", lines],
        Environment = new Dictionary<string, string> { ["WORCR_URL"] = silo.Url.ToString(), ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}" },
        Folder = folder,
    });

    private static string NewFolder()
    {
        var folder = Places.NewFolder();
        WriteProgram(folder, "worcr", $"exec dotnet '{Places.Worcr}' \"$@\"");
        return folder;
    }

    private static void WriteProgram(string folder, string name, string line)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static List<string> Lines(string code) => [.. code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
}
