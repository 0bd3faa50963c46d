using Worcr.Core.Schedules;

namespace Worcr.Unit.Core.Schedules;

public sealed class OccurrenceIdTests
{
    [Fact]
    public void It_is_the_same_for_ever() =>
        OccurrenceId.Create("default", "nightly", 1_767_225_600_000).ShouldBe(new Guid("24c8e21b-df92-8080-b105-e039966e1a93"));

    [Fact]
    public void It_is_a_version_8_of_the_standard_and_none_of_our_own_ids()
    {
        for (var at = 0; at < 200; at++)
        {
            var id = OccurrenceId.Create("default", "nightly", at);
            (id.Version, id.Variant >> 2).ShouldBe((8, 2));
            JobId.TryGetSeq(id, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Another_namespace_name_or_time_is_another_id()
    {
        Guid[] ids =
        [
            OccurrenceId.Create("a", "b", 1), OccurrenceId.Create("a", "b", 2), OccurrenceId.Create("b", "a", 1), OccurrenceId.Create("ab", "", 1),
            OccurrenceId.Create("", "ab", 1), OccurrenceId.Create("a", "c", 1),
        ];
        ids.ShouldBeUnique();
    }
}
