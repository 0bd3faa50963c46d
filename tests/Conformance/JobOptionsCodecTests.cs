using System.Text;

namespace Worcr.Conformance;

public sealed class JobOptionsCodecTests
{
    [Fact]
    public void Defaults_are_stored_as_nothing()
    {
        JobOptionsCodec.Encode(JobOptions.Default).ShouldBeNull();
        JobOptionsCodec.Encode(new JobOptions()).ShouldBeNull();
        JobOptionsCodec.Decode([]).ShouldBeSameAs(JobOptions.Default);
    }

    [Fact]
    public void Only_what_differs_is_stored() =>
        Encoding.UTF8.GetString(JobOptionsCodec.Encode(new JobOptions { TimeoutMs = 5, Retry = new RetryPolicy { MaxAttempts = 1 } })!).ShouldBe("""{"to":5,"r":{"a":1}}""");

    [Fact]
    public void An_error_survives()
    {
        var error = new JobError("c", "m \0 \"", 5, Final: true);
        JobErrorCodec.Decode(JobErrorCodec.Encode(error)).ShouldBe(error);
        JobErrorCodec.Decode(JobErrorCodec.Encode(null)).ShouldBeNull();
    }
}
