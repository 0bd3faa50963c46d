using System.Globalization;
using System.Text;
using System.Text.Json;
using Worcr.SiloHost.Commands.Processes;
using Worcr.SiloHost.Commands.Work;

namespace Worcr.Unit.Commands;

/// <summary>Any program as a worker, against a real shell.</summary>
public sealed class ExecTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ExecJob Job = new()
    {
        Id = "0199d0a4-7b1c-7000-8000-000000000001",
        Type = "email.send",
        Tenant = "acme",
        Tags = ["eu", "premium"],
        Attempt = 3,
        Lease = "1-3-abc",
        Args = Encoding.UTF8.GetBytes("""{"to":"a@b.c"}"""),
        Checkpoints = """{"part":7}""",
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ExecNotes _notes = new();

    [Theory]
    [InlineData("cat", """{"to":"a@b.c"}""")]
    [InlineData("echo plain text", "\"plain text\"")]
    [InlineData("printf 'two\\nlines\\n'", "\"two\\nlines\"")]
    [InlineData("echo '{\"sum\": 3}'", """{"sum": 3}""")]
    [InlineData("echo 42", "42")]
    [InlineData("true", null)]
    public async Task Standard_output_is_the_result(string script, string? json) =>
        (await RunAsync(script)).ShouldBe(new ExecResult.Complete(json));

    [Fact]
    public async Task The_job_is_in_the_environment()
    {
        var result = await RunAsync("echo $WORCR_JOB_ID $WORCR_TYPE $WORCR_TENANT $WORCR_TAGS $WORCR_ATTEMPT $WORCR_LEASE $WORCR_URL $WORCR_CHECKPOINTS");

        result.ShouldBeOfType<ExecResult.Complete>().Json.ShouldNotBeNull().ShouldSatisfyAllConditions(
            json => JsonSerializer.Deserialize<string>(json).ShouldBe(
                "0199d0a4-7b1c-7000-8000-000000000001 email.send acme eu,premium 3 1-3-abc http://127.0.0.1:9672 {\"part\":7}"));
    }

    [Fact]
    public async Task Long_checkpoints_are_in_a_file()
    {
        var long200 = $"{{\"x\":\"{new string('y', 200_000)}\"}}";

        var result = await RunAsync("wc -c < \"$WORCR_CHECKPOINTS_FILE\"; test -z \"$WORCR_CHECKPOINTS\"", Job with { Checkpoints = long200 });

        result.ShouldBeOfType<ExecResult.Complete>().Json.ShouldNotBeNull().Trim('"', ' ').ShouldBe(long200.Length.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("exit 75", "exit code 75")]
    [InlineData("kill -TERM $$", "SIGTERM")]
    public async Task A_program_can_give_its_job_back(string script, string reason) =>
        (await RunAsync(script)).ShouldBe(new ExecResult.Yield(reason));

    [Theory]
    [InlineData("exit 3", "exit_3", "exit code 3")]
    [InlineData("echo one >&2; echo two >&2; exit 1", "exit_1", "exit code 1: one\ntwo")]
    [InlineData("kill -KILL $$", "exit_137", "was killed (SIGKILL)")]
    public async Task Any_other_exit_code_fails_with_the_end_of_standard_error(string script, string code, string message) =>
        (await RunAsync(script)).ShouldBe(new ExecResult.Fail(code, message));

    [Fact]
    public async Task A_program_that_is_not_there_fails_the_job()
    {
        var program = new ExecProgram(["/no/such/program"], new Uri("http://127.0.0.1:9672"), TimeSpan.FromSeconds(5), TimeProvider.System);

        var result = await program.RunAsync(Job, _notes, () => ExecStop.None, TestContext.Current.CancellationToken);

        result.ShouldBeOfType<ExecResult.Fail>().Message.ShouldContain("/no/such/program");
    }

    [Fact]
    public async Task Lines_to_Worcr_are_taken_out_of_the_result()
    {
        var result = await RunAsync(
            "echo a; echo '::checkpoint part {\"n\": 8}'; echo '::progress rows 5 10'; echo '::checkpoint broken {'; echo ':: not ours'; echo '::progress x'; echo b");

        result.ShouldBe(new ExecResult.Complete("\"a\\n:: not ours\\nb\""));
        _notes.All.ShouldBe(
            ["checkpoint part {\"n\": 8}", "progress rows 5/10", "warn: ::checkpoint broken: the value is not JSON", "warn: ::progress takes a name and two numbers"]);
    }

    [Fact]
    public async Task Standard_error_is_the_log()
    {
        await RunAsync("echo first >&2; echo second >&2");

        _notes.All.ShouldBe(["info: first", "info: second"]);
    }

    [Fact]
    public async Task A_result_of_a_mebibyte_is_taken_and_a_longer_one_is_not()
    {
        (await RunAsync("head -c 1000000 /dev/zero | tr '\\0' x")).ShouldBeOfType<ExecResult.Complete>().Json!.Length.ShouldBe(1_000_002);

        (await RunAsync("head -c 20000000 /dev/zero | tr '\\0' x")).ShouldBeOfType<ExecResult.Fail>().Code.ShouldBe("result_too_large");
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_is_fine() =>
        (await RunAsync("exec <&-; echo done", Job with { Args = new byte[1_000_000] })).ShouldBe(new ExecResult.Complete("\"done\""));

    [Fact]
    public async Task An_interrupt_is_a_SIGTERM_to_all_and_gives_the_job_back()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync("trap 'echo bye >&2; exit 1' TERM; echo '::progress started 1 1'; sleep 1000 & wait", Job, () => ExecStop.Interrupted, stop.Token);
        await _notes.Progressed;

        await stop.CancelAsync();

        (await running).ShouldBe(new ExecResult.Yield("interrupted"));
        _notes.All.ShouldContain("info: bye");
    }

    [Fact]
    public async Task What_is_done_after_all_when_interrupted_is_done()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync("trap 'echo 7; exit 0' TERM; echo '::progress started 1 1'; sleep 1000 & wait", Job, () => ExecStop.Interrupted, stop.Token);
        await _notes.Progressed;

        await stop.CancelAsync();

        (await running).ShouldBe(new ExecResult.Complete("7"));
    }

    [Fact]
    public async Task Who_ignores_SIGTERM_is_killed_with_all_that_it_started()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(
            "trap '' TERM; sleep 1000 & echo $! >&2; echo '::progress started 1 1'; wait; wait", Job, () => ExecStop.Interrupted, stop.Token, TimeSpan.FromMilliseconds(1));
        await _notes.Progressed;

        await stop.CancelAsync();

        (await running).ShouldBe(new ExecResult.Yield("interrupted"));
        var child = int.Parse(_notes.All.Single(note => note.StartsWith("info: ", StringComparison.Ordinal))["info: ".Length..], CultureInfo.InvariantCulture);
        ProcessEnd.Comes(child, Patience).ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_program_leaves_running_is_killed()
    {
        (await RunAsync("sleep 1000 & echo $! >&2; echo done")).ShouldBe(new ExecResult.Complete("\"done\""));

        var child = int.Parse(_notes.All.Single()["info: ".Length..], CultureInfo.InvariantCulture);
        ProcessEnd.Comes(child, Patience).ShouldBeTrue();
    }

    [Fact]
    public async Task The_time_out_fails_the_attempt() =>
        (await RunAsync("echo slow >&2; sleep 1000", Job with { Timeout = TimeSpan.FromMilliseconds(300) })).ShouldBe(new ExecResult.Fail("timeout", "ran out of time: slow"));

    private Task<ExecResult> RunAsync(string script, ExecJob? job = null) =>
        RunAsync(script, job ?? Job, () => ExecStop.None, TestContext.Current.CancellationToken);

    private Task<ExecResult> RunAsync(string script, ExecJob job, Func<ExecStop> why, CancellationToken stop, TimeSpan? grace = null)
    {
        if (ProgramFiles.Find("sh") is null) Assert.Skip("there is no sh");
        var program = new ExecProgram(["sh", "-c", script], new Uri("http://127.0.0.1:9672"), grace ?? TimeSpan.FromSeconds(30), TimeProvider.System);
        return program.RunAsync(job, _notes, why, stop);
    }
}
