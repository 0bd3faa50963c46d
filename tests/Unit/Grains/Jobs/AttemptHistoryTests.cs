using System.Text;
using System.Text.Json;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Tenants;

namespace Worcr.Unit.Grains.Jobs;

public sealed class AttemptHistoryTests
{
    private readonly JobGrain _grain;

    public AttemptHistoryTests()
    {
        var shape = new LaneShape("t", "", "default", [], 1, 0, null);
        var lane = new Lane(1, shape, new TenantGrain(""), new TypeFigures("t"), new QueueFigures("default"));
        _grain = new JobGrain(new Job { Shape = shape }, new Strand(lane, 0, 0)) { Worker = "w-\"1\"", StartedAt = 1_000 };
    }

    [Fact]
    public void An_attempt_says_who_when_and_how()
    {
        _grain.Attempt = 3;
        Encoding.UTF8.GetString(AttemptHistory.Append(null, _grain, Outcomes.Fail, new JobError("e1", "bad"), 2_500)).ShouldBe(
            """[{"attempt":3,"worker":"w-\u00221\u0022","startedAt":"1970-01-01T00:00:01.000Z","endedAt":"1970-01-01T00:00:02.500Z","outcome":"fail","error":{"code":"e1","message":"bad"}}]""");
    }

    [Fact]
    public void A_yield_has_no_error() =>
        Encoding.UTF8.GetString(AttemptHistory.Append(null, _grain, Outcomes.Yield, null, 2_500)).ShouldNotContain("error");

    [Fact]
    public void The_newest_goes_last_and_only_the_newest_are_kept()
    {
        byte[]? history = null;
        for (var attempt = 1; attempt <= AttemptHistory.Kept + 7; attempt++)
        {
            _grain.Attempt = attempt;
            history = AttemptHistory.Append(history, _grain, Outcomes.Lost, null, 2_000);
            using var soFar = JsonDocument.Parse(history);
            soFar.RootElement.GetArrayLength().ShouldBe(Math.Min(attempt, AttemptHistory.Kept));
        }

        using var document = JsonDocument.Parse(history!);
        document.RootElement.EnumerateArray().Select(a => a.GetProperty("attempt").GetInt32()).ShouldBe(Enumerable.Range(8, AttemptHistory.Kept));
    }
}
