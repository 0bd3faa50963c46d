using System.Text;
using System.Text.Json;

namespace Worcr.Unit.Core.Jobs;

public sealed class JobErrorCodecTests
{
    public static TheoryData<JobError> Errors() =>
    [
        new JobError("timeout", "too slow"),
        new JobError("", ""),
        new JobError("503", "\u6f22\u5b57 \ud83d\ude00 \"quoted\" \\ \n \0", 1_500),
        new JobError("bad", "never again", 0, Final: true),
        new JobError("both", new string('m', 8_192), long.MaxValue, Final: true),
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_is_written_can_be_read(JobError error) => JobErrorCodec.Decode(JobErrorCodec.Encode(error)).ShouldBe(error);

    [Fact]
    public void No_error_is_null()
    {
        JobErrorCodec.Encode(null).ShouldBeNull();
        JobErrorCodec.Decode(null).ShouldBeNull();
    }

    [Fact]
    public void Only_what_is_said_is_stored() =>
        Encoding.UTF8.GetString(JobErrorCodec.Encode(new JobError("c", "m"))!).ShouldBe("""{"code":"c","message":"m"}""");

    [Theory]
    [MemberData(nameof(Errors))]
    public void The_stored_form_begins_with_the_prefix_of_its_code_and_of_no_other(JobError error)
    {
        var stored = JobErrorCodec.Encode(error);
        stored.AsSpan().StartsWith(JobErrorCodec.Prefix(error.Code)).ShouldBeTrue();
        foreach (var other in new[] { error.Code + "x", error.Code + "\"", error.Code + "\",\"message\":", "other" })
            stored.AsSpan().StartsWith(JobErrorCodec.Prefix(other)).ShouldBeFalse(other);
    }

    [Fact]
    public void Keys_of_a_later_version_are_passed_over() =>
        JobErrorCodec.Decode("""{"stack":["a",{"b":1}],"code":"c","message":"m"}"""u8.ToArray()).ShouldBe(new JobError("c", "m"));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_not_a_stored_form_throws(string text) =>
        Should.Throw<JsonException>(() => JobErrorCodec.Decode(Encoding.UTF8.GetBytes(text)));
}
