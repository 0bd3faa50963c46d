namespace Worcr.Unit.Core.Jobs;

public sealed class LifecycleTests
{
    /// <summary>Written from the design, not from the table.</summary>
    private static readonly HashSet<string> Legal =
    [
        "Scheduled>Ready", "Scheduled>Cancelled", "Scheduled>Expired", "Scheduled>Discarded",
        "Ready>Running", "Ready>Cancelled", "Ready>Expired", "Ready>Discarded",
        "Running>Succeeded", "Running>Ready", "Running>Retry", "Running>Dead", "Running>Cancelled", "Running>Expired",
        "Retry>Ready", "Retry>Cancelled", "Retry>Expired", "Retry>Discarded",
        "Running>Scheduled", "Scheduled>Succeeded", "Scheduled>Dead", "Ready>Succeeded", "Ready>Dead", "Retry>Succeeded", "Retry>Dead",
        "Succeeded>Ready", "Dead>Ready", "Cancelled>Ready", "Expired>Ready", "Discarded>Ready",
    ];

    public static TheoryData<JobState, JobState> AllPairs()
    {
        var pairs = new TheoryData<JobState, JobState>();
        foreach (var from in Enum.GetValues<JobState>())
        {
            foreach (var to in Enum.GetValues<JobState>()) pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void Every_change_is_legal_or_throws(JobState from, JobState to)
    {
        var isLegal = Legal.Contains($"{from}>{to}");
        Lifecycle.IsLegal(from, to).ShouldBe(isLegal);
        if (isLegal) Should.NotThrow(() => Lifecycle.Demand(from, to));
        else Should.Throw<InvalidOperationException>(() => Lifecycle.Demand(from, to));
    }

    [Fact]
    public void The_states_are_stored_by_these_numbers() => Enum.GetValues<JobState>().Select(s => $"{(int)s} {s}").ShouldBe(
        ["0 Scheduled", "1 Ready", "2 Running", "3 Retry", "4 Succeeded", "5 Dead", "6 Cancelled", "7 Expired", "8 Discarded"]);

    [Fact]
    public void A_life_starts_scheduled_or_ready() =>
        Enum.GetValues<JobState>().Where(Lifecycle.IsStart).ShouldBe([JobState.Scheduled, JobState.Ready]);

    [Fact]
    public void Five_states_are_final() => Enum.GetValues<JobState>().Where(s => s.IsFinal()).ShouldBe(
        [JobState.Succeeded, JobState.Dead, JobState.Cancelled, JobState.Expired, JobState.Discarded]);

    [Fact]
    public void Three_states_wait() => Enum.GetValues<JobState>().Where(s => s.IsWaiting()).ShouldBe([JobState.Scheduled, JobState.Ready, JobState.Retry]);
}
