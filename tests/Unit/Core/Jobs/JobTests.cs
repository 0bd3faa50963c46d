namespace Worcr.Unit.Core.Jobs;

public sealed class JobTests
{
    private static readonly LaneShape Shape = new("t", "", "default", [], 1, 0, null);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 5)]
    [InlineData(0, 7, 7)]
    [InlineData(5, 7, 5)]
    [InlineData(7, 5, 5)]
    public void The_alarm_is_the_earlier_of_due_time_and_expiry(long dueAt, long expiresAt, long alarmAt) =>
        new Job { Shape = Shape, DueAt = dueAt, ExpiresAt = expiresAt }.AlarmAt.ShouldBe(alarmAt);

    [Fact]
    public void A_copy_changes_on_its_own()
    {
        var job = new Job { Shape = Shape, Attempt = 1 };
        job.Copy().Attempt = 2;
        job.Attempt.ShouldBe(1);
    }
}
