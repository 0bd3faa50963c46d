namespace Worcr.Unit.Core.Jobs;

public sealed class LaneShapeTests
{
    private static readonly LaneShape Base = new("t", "acme", "default", ["a", "b"], 2, 5, "k");

    public static TheoryData<LaneShape> Others() =>
    [
        new LaneShape("u", "acme", "default", ["a", "b"], 2, 5, "k"),
        new LaneShape("t", "beta", "default", ["a", "b"], 2, 5, "k"),
        new LaneShape("t", "acme", "other", ["a", "b"], 2, 5, "k"),
        new LaneShape("t", "acme", "default", ["a"], 2, 5, "k"),
        new LaneShape("t", "acme", "default", ["a", "c"], 2, 5, "k"),
        new LaneShape("t", "acme", "default", ["a", "b"], 3, 5, "k"),
        new LaneShape("t", "acme", "default", ["a", "b"], 2, 6, "k"),
        new LaneShape("t", "acme", "default", ["a", "b"], 2, 5, "l"),
        new LaneShape("t", "acme", "default", ["a", "b"], 2, 5, null),
    ];

    [Fact]
    public void Equal_parts_make_equal_shapes()
    {
        var same = new LaneShape("t", "acme", "default", ["a", "b"], 2, 5, "k");
        same.ShouldBe(Base);
        same.GetHashCode().ShouldBe(Base.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_part_counts(LaneShape other) => other.ShouldNotBe(Base);
}
