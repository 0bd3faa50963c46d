using System.Text.Json;

namespace Worcr.Unit.Core.Jobs;

public sealed class JobOptionsCodecTests
{
    [Fact]
    public void The_defaults_take_no_room()
    {
        JobOptionsCodec.Encode(JobOptions.Default).ShouldBeNull();
        JobOptionsCodec.Encode(new JobOptions()).ShouldBeNull();
        JobOptionsCodec.Decode([]).ShouldBeSameAs(JobOptions.Default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void What_is_written_can_be_read(int seed)
    {
        var chance = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var options = Options(chance);
            var read = JobOptionsCodec.Decode(JobOptionsCodec.Encode(options));
            (read with { Meta = null }).ShouldBe(options with { Meta = null });
            (read.Meta ?? []).ShouldBe(options.Meta ?? []);
        }
    }

    [Fact]
    public void A_family_survives()
    {
        var options = new JobOptions { Parent = Guid.NewGuid(), Batch = Guid.NewGuid(), Then = """{"type":"b","args":{"p":[1]}}"""u8.ToArray(), Meta = "{}"u8.ToArray() };
        var read = JobOptionsCodec.Decode(JobOptionsCodec.Encode(options));
        (read.Parent, read.Batch).ShouldBe((options.Parent, options.Batch));
        read.Then.ShouldBe(options.Then);
        read.Meta.ShouldBe(options.Meta);
    }

    [Fact]
    public void Keys_of_a_later_version_are_passed_over() =>
        JobOptionsCodec.Decode("""{"zz":{"deep":[1,2,{"a":"}"}]},"to":5,"yy":null}"""u8).TimeoutMs.ShouldBe(5);

    [Theory]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("""{"r":{"z":1}}""")]
    [InlineData("""{"u":{"z":1}}""")]
    [InlineData("""{"to":""")]
    public void What_is_not_a_stored_form_throws(string text) =>
        Should.Throw<JsonException>(() => JobOptionsCodec.Decode(System.Text.Encoding.UTF8.GetBytes(text)));

    private static JobOptions Options(Random chance) => new()
    {
        TimeoutMs = chance.Next(2) == 0 ? JobOptions.Default.TimeoutMs : chance.NextInt64(1, long.MaxValue),
        ResultTtlMs = chance.Next(2) == 0 ? 0 : chance.NextInt64(long.MaxValue),
        Retry = chance.Next(2) == 0 ? RetryPolicy.Default : Retry(chance),
        Unique = chance.Next(2) == 0 ? null : Unique(chance),
        Meta = chance.Next(2) == 0 ? null : """{"traceparent":"00-a-b-01","u":{"k":"no"}}"""u8.ToArray(),
    };

    private static RetryPolicy Retry(Random chance) => new()
    {
        MaxAttempts = chance.Next(3) == 0 ? 25 : chance.Next(),
        MaxFails = chance.Next(3) == 0 ? 0 : chance.Next(),
        Backoff = (Backoff)chance.Next(3),
        BaseMs = chance.NextInt64(long.MaxValue),
        CapMs = chance.NextInt64(long.MaxValue),
        Jitter = chance.NextDouble(),
    };

    private static UniquePolicy Unique(Random chance) => new(
        new[] { "k", "", "kl\"ei\\n", "\u6f22\u5b57 \ud83d\ude00", new string('x', 255) }[chance.Next(5)],
        (UniqueUntil)chance.Next(3),
        chance.Next(2) == 0 ? 0 : chance.NextInt64(long.MaxValue),
        (UniqueConflict)chance.Next(3));
}
