using Worcr.Grains;
using Worcr.Unit.Api;

namespace Worcr.Unit.Commands;

/// <summary><c>worcr apply</c> and <c>worcr export</c>, against the real API over a fake dispatcher.</summary>
public sealed class RulesTests : ApiHost
{
    private const string Rules =
        """
        {
          // as people write it
          "limits": {"shops": {"kind": "fixedWindow", "limit": 10, "period": "60s", "key": ["args.shop.id"]}},
          "weights": {"b/é": {"match": {"args": {"n": 1.0}}, "factor": 2}, "a": {"match": {}, "factor": 10}},
          "schedules": {"nightly": {"cron": "@daily", "job": {"type": "report", "args": {"html": "<b>"}}}},
          "settings": {"fairness": "fifo"},
        }
        """;

    private const string Exported =
        """
        {
          "weights": {
            "a": {
              "match": {},
              "factor": 10
            },
            "b/é": {
              "match": {
                "args": {
                  "n": "1"
                }
              },
              "factor": 2
            }
          },
          "limits": {
            "shops": {
              "match": {},
              "kind": "fixedWindow",
              "limit": 10,
              "period": "1m",
              "key": "args.shop.id",
              "use": "job"
            }
          },
          "schedules": {
            "nightly": {
              "cron": "@daily",
              "timeZone": "UTC",
              "job": {
                "type": "report",
                "args": {
                  "html": "<b>"
                }
              },
              "missed": "once",
              "overlap": "allow",
              "paused": false
            }
          },
          "settings": {
            "fairness": "fifo",
            "charge": "job",
            "retention": "7d",
            "maxDead": 100000
          }
        }

        """;

    private readonly FakeResources _kept = new();

    public RulesTests() => Dispatcher.OnResources = _kept.Answer;

    [Fact]
    public async Task What_is_applied_is_exported_and_applies_to_nothing()
    {
        (await ApplyAsync(Rules)).ShouldBe((0, "+ weights/a\n+ weights/b/é\n+ limits/shops\n+ schedules/nightly\n~ settings  fairness: \"fair\" -> \"fifo\"\n", "applied 5 changes\n"));
        var export = new CliCall();
        (await export.RunAsync("export", "--url", Http.BaseAddress!.ToString())).ShouldBe(0, export.Error);
        export.Out.ShouldBe(Exported);
        (await ApplyAsync(export.Out, "--prune")).ShouldBe((0, "", "nothing to change\n"));
        (await ApplyAsync(Rules, "--dry-run", "--prune")).ShouldBe((0, "", "nothing would change\n"));
    }

    [Fact]
    public async Task A_dry_run_shows_changes_and_warnings_and_makes_none()
    {
        await ApplyAsync(Rules);
        _kept.Figures = new ResourceFigures { Warnings = ["no job matches"], Hits = 3 };
        const string Changed = """{"limits": {"shops": {"kind": "slidingWindow", "limit": 20, "period": "1m"}}, "tenants": {"acme": {"share": 2}}}""";
        const string Diff = "~ limits/shops  kind: \"fixedWindow\" -> \"slidingWindow\"; limit: 10 -> 20; key: \"args.shop.id\" -> none\n  warning: no job matches\n+ tenants/acme\n  warning: no job matches\n";
        const string Gone = "- weights/a\n- weights/b/é\n- schedules/nightly\n";

        (await ApplyAsync(Changed, "--dry-run")).ShouldBe((2, Diff, "2 changes, not applied\n"));
        (await ApplyAsync(Changed, "--dry-run", "--prune")).ShouldBe((2, Diff + Gone, "5 changes, not applied\n"));
        (await ApplyAsync(Changed, "--prune")).ShouldBe((0, Diff + Gone, "applied 5 changes\n"));
        (await ApplyAsync(Changed, "--prune")).ShouldBe((0, "", "nothing to change\n"));
    }

    [Theory]
    [InlineData("""{"limits": {"ok": {"kind": "concurrency", "limit": 1}, "shops": {"kind": "fixedWindow", "limit": 1}}}""", 1, "limits/shops: period: is required for this kind (invalid_field)")]
    [InlineData("""{"settings": {"fairness": "unfair"}}""", 1, "settings: fairness: must be fair")]
    [InlineData("""{"weights": {"a": {"match": {}, "factor": 2, "hits": 1}}}""", 1, "weights/a: hits: is not known here (unknown_field)")]
    [InlineData("""{"wights": {}}""", 2, "wights is no kind of resource: take weights, routes")]
    [InlineData("""{"weights": []}""", 2, "weights must be an object")]
    [InlineData("""{"weights": {"a": 7}}""", 2, "weights/a must be an object")]
    [InlineData("""{"weights": {"": {}}}""", 2, "weights: a name")]
    [InlineData("""{"weights": {}, "weights": {}}""", 2, "standard input is not valid JSON")]
    [InlineData("{", 2, "standard input is not valid JSON")]
    [InlineData("[]", 2, "standard input must be an object")]
    public async Task What_is_wrong_is_said_with_its_path_and_nothing_is_applied(string rules, int exit, string says)
    {
        var (code, output, error) = await ApplyAsync(rules);
        code.ShouldBe(exit);
        output.ShouldBeEmpty();
        error.ShouldStartWith("worcr: " + says);
        Dispatcher.Asked.OfType<ResourceRequest.Put>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_made_by_apply_only()
    {
        Dispatchers.KnowsAll = false;
        const string One = """{"tenants": {"acme": {"share": 2}}}""";
        (await ApplyAsync(One, "--dry-run", "--namespace", "team-a")).ShouldBe((2, "+ tenants/acme\n", "1 change, not applied\n"));
        var export = new CliCall();
        (await export.RunAsync("export", "--namespace", "team-a", "--url", Http.BaseAddress!.ToString())).ShouldBe(1);
        export.Error.ShouldBe("worcr: there is no namespace 'team-a'\n");
        Dispatchers.Names.ShouldNotContain("team-a");
        Dispatchers.Prepare = made => made.OnResources = _kept.Answer;
        (await ApplyAsync(One, "--namespace", "team-a")).ShouldBe((0, "+ tenants/acme\n", "applied 1 change\n"));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said()
    {
        var cli = new CliCall();
        (await cli.RunAsync("apply", "-f", "no-such-rules.json", "--url", Http.BaseAddress!.ToString())).ShouldBe(1);
        cli.Error.ShouldMatch("^worcr: no such file: .*no-such-rules.json\n$");
    }

    private async Task<(int Exit, string Out, string Error)> ApplyAsync(string rules, params string[] options)
    {
        var cli = new CliCall { Input = rules };
        var exit = await cli.RunAsync(["apply", "-f", "-", "--url", Http.BaseAddress!.ToString(), .. options]);
        return (exit, cli.Out, cli.Error);
    }
}
