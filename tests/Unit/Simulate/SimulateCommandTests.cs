using Worcr.SiloHost.Commands;
using Worcr.Unit.Api;
using Worcr.Unit.Architecture;
using Worcr.Unit.Commands;

namespace Worcr.Unit.Simulate;

/// <summary><c>worcr simulate</c>: the example of the documentation, on its own and on a server.</summary>
public sealed class SimulateCommandTests : ApiHost
{
    private static string Example => Checkout.Text("docs/simulate.md").Split("```json\n")[1].Split("```")[0];

    [Fact]
    public async Task The_example_is_answered_in_tables()
    {
        var call = await RunAsync(Example, "simulate", "-f", "-");
        call.Exit.ShouldBe(ExitCodes.Success);
        call.Out.ShouldContain("23,000 jobs, 23,000 started");
        call.Out.ShouldContain("│ small");
        call.Out.ShouldContain("│ import");
    }

    [Fact]
    public async Task A_server_answers_the_same()
    {
        var here = await RunAsync(Example, "simulate", "-f", "-", "--json");
        var there = await RunAsync("// as people write it\n" + Example, "simulate", "-f", "-", "--json", "--server", "--url", Http.BaseAddress!.ToString());
        there.Exit.ShouldBe(ExitCodes.Success);
        there.Out.ShouldBe(here.Out);
        here.Out.ShouldContain("\"attainment\":1");
    }

    [Theory]
    [InlineData("""{"jobs": [{"type": "a", "count": 0, "runTime": "1s"}], "workers": []}""", "jobs[0].count: must be a whole number from 1 to 1000000")]
    [InlineData("""{"jobs": [{"type": "a"}], "workers": []}""", "jobs[0].count: is required")]
    [InlineData("""{"jobs": [], "workers": [], "nope": 1}""", "nope: is not known here")]
    [InlineData("""{"backlog": "current", "workers": []}""", "backlog: only a server has one")]
    [InlineData("""{""", "not valid JSON")]
    public async Task What_is_wrong_is_said_in_one_line(string scenario, string said)
    {
        var call = await RunAsync(scenario, "simulate", "-f", "-");
        call.Exit.ShouldBe(ExitCodes.Usage);
        call.Error.ShouldContain(said);
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(string input, params string[] args)
    {
        var call = new CliCall { Input = input };
        var exit = await call.RunAsync(args);
        return (exit, call.Out, call.Error);
    }
}
