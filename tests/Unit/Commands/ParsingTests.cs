using Worcr.SiloHost.Commands.Work;

namespace Worcr.Unit.Commands;

/// <summary>What the command line makes of wrong and right calls, before anything is contacted.</summary>
public sealed class ParsingTests
{
    [Theory]
    [InlineData("frobnicate", "'frobnicate'")]
    [InlineData("enqueue", "takes a TYPE or --file PATH")]
    [InlineData("enqueue email.send {broken", "not JSON at byte 2")]
    [InlineData("enqueue email.send --in 5x", "not '5x'")]
    [InlineData("enqueue email.send --at tomorrow", "not 'tomorrow'")]
    [InlineData("enqueue email.send --in 5s --at 2026-12-01T00:00:00Z", "--in and --at exclude each other")]
    [InlineData("enqueue email.send --weight 0", "--weight takes a number")]
    [InlineData("enqueue email.send --weight much", "not 'much'")]
    [InlineData("enqueue email.send --priority high", "not 'high'")]
    [InlineData("enqueue email.send --id 7", "7")]
    [InlineData("enqueue email.send --nope", "--nope")]
    [InlineData("enqueue --nope", "--nope")]
    [InlineData("enqueue email.send {} --nope 7", "--nope")]
    [InlineData("enqueue email.send --url nowhere", "--url takes an address")]
    [InlineData("enqueue email.send --skip-bad", "go with --file")]
    [InlineData("enqueue email.send --file jobs.ndjson", "leave a TYPE out")]
    [InlineData("enqueue --file jobs.ndjson --tenant acme", "leave --tenant out")]
    [InlineData("work --exec true", "--type")]
    [InlineData("work --type a", "--exec")]
    [InlineData("work --type a --exec no-such-program-anywhere", "no-such-program-anywhere")]
    [InlineData("work --type a --slots 0 --exec true", "--slots takes a whole number")]
    [InlineData("bench --only a,zz", "zz")]
    [InlineData("bench --rounds 0", "--rounds takes a whole number")]
    [InlineData("bench --store oracle", "oracle")]
    [InlineData("apply", "--file")]
    [InlineData("apply -f", "-f")]
    [InlineData("apply -f x --nope", "--nope")]
    [InlineData("export --url nowhere", "--url takes an address")]
    [InlineData("key create", "worcr key create: Option '--role' is required. (see worcr key create --help)")]
    [InlineData("demo --duration soon", "not 'soon'")]
    [InlineData("serve --no-such-option", "--no-such-option")]
    [InlineData("serve --urls not-an-address", "WORCR_URLS")]
    [InlineData("migrate --database-url mysql://x", "DATABASE_URL")]
    public async Task A_wrong_call_is_one_line_and_exit_code_2(string call, string says)
    {
        var cli = new CliCall();

        (await cli.RunAsync(call.Split(' '))).ShouldBe(2, cli.Error);

        cli.Error.ShouldContain(says);
        cli.Error.TrimEnd('\n').ShouldNotContain("\n");
        cli.Error.ShouldNotContain("   at ");
        cli.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help", "enqueue")]
    [InlineData("serve --help", "--database-url")]
    [InlineData("enqueue --help", "--file")]
    [InlineData("work --help", "--exec")]
    [InlineData("demo --help", "--once")]
    [InlineData("bench --help", "--rounds")]
    [InlineData("apply --help", "--dry-run")]
    [InlineData("export --help", "--namespace")]
    [InlineData("migrate --help", "--database-url")]
    public async Task Help_ends_with_examples(string call, string says)
    {
        var cli = new CliCall();

        (await cli.RunAsync(call.Split(' '))).ShouldBe(0);

        cli.Out.ShouldContain(says);
        cli.Out[cli.Out.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain("worcr ");
    }

    [Fact]
    public void What_follows_exec_belongs_to_the_program()
    {
        ExecArguments.Separate(["work", "--type", "a", "--exec", "sh", "-c", "x --type b"]).ShouldBe(["work", "--type", "a", "--exec", "--", "sh", "-c", "x --type b"]);
        ExecArguments.Separate(["work", "--exec=sh", "--slots"]).ShouldBe(["work", "--exec", "--", "sh", "--slots"]);
        ExecArguments.Separate(["work", "--exec", "--", "sh"]).ShouldBe(["work", "--exec", "--", "sh"]);
        ExecArguments.Separate(["enqueue", "--exec"]).ShouldBe(["enqueue", "--exec"]);
    }
}
