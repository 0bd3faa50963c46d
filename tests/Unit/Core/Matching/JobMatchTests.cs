using Worcr.Core.Matching;

namespace Worcr.Unit.Core.Matching;

public sealed class JobMatchTests
{
    private static readonly LaneShape Shape = new("email.send", "acme", "mail", ["eu", "premium"], 1, 0, null);

    [Fact]
    public void Nothing_said_matches_everything() => new JobMatch().Matches(Shape).ShouldBeTrue();

    [Theory]
    [InlineData("email.send", true)]
    [InlineData("email", false)]
    [InlineData("EMAIL.SEND", false)]
    public void The_type_is_one_of_those(string type, bool matches) => new JobMatch { Types = ["other", type] }.Matches(Shape).ShouldBe(matches);

    [Theory]
    [InlineData("acme", true)]
    [InlineData("", false)]
    public void The_tenant_is_one_of_those(string tenant, bool matches) => new JobMatch { Tenants = [tenant, "beta"] }.Matches(Shape).ShouldBe(matches);

    [Theory]
    [InlineData("mail", true)]
    [InlineData("default", false)]
    public void The_queue_is_one_of_those(string queue, bool matches) => new JobMatch { Queues = [queue] }.Matches(Shape).ShouldBe(matches);

    [Theory]
    [InlineData("eu", "premium", true)]
    [InlineData("eu", "us", false)]
    public void All_tags_means_each(string one, string other, bool matches) => new JobMatch { AllTags = [one, other] }.Matches(Shape).ShouldBe(matches);

    [Theory]
    [InlineData("us", "premium", true)]
    [InlineData("us", "asia", false)]
    public void Any_tag_means_at_least_one(string one, string other, bool matches) => new JobMatch { AnyTags = [one, other] }.Matches(Shape).ShouldBe(matches);

    [Theory]
    [InlineData("us", "asia", true)]
    [InlineData("us", "eu", false)]
    public void No_tag_means_none(string one, string other, bool matches) => new JobMatch { NoTags = [one, other] }.Matches(Shape).ShouldBe(matches);

    [Fact]
    public void Every_part_has_to_hold() =>
        new JobMatch { Types = ["email.send"], Tenants = ["acme"], Queues = ["mail"], AllTags = ["eu"], AnyTags = ["premium"], NoTags = ["eu"] }.Matches(Shape).ShouldBeFalse();
}
