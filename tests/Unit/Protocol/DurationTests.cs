using System.Text;
using Worcr.Protocol;

namespace Worcr.Unit.Protocol;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("12h", 43_200_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("007d", 604_800_000)]
    [InlineData("3650d", 315_360_000_000)]
    [InlineData("315360000000ms", 315_360_000_000)]
    public void A_duration_is_read(string text, long milliseconds)
    {
        Duration.TryParse(text, out var value).ShouldBeTrue();
        value.Milliseconds.ShouldBe(milliseconds);
        Duration.TryParse(Encoding.UTF8.GetBytes(text), out var same).ShouldBeTrue();
        same.ShouldBe(value);
        Duration.TryParse(value.ToString(), out var again).ShouldBeTrue();
        again.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("5S")]
    [InlineData("5min")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("5s ")]
    [InlineData("+5s")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("1h30m")]
    [InlineData("٥s")]
    [InlineData("3651d")]
    [InlineData("315360000001ms")]
    [InlineData("100000000000000000000s")]
    [InlineData("9223372036854775807ms")]
    [InlineData("9223372036854775808d")]
    [InlineData("0000000000000001s")]
    public void What_is_none_is_refused(string text)
    {
        Duration.TryParse(text, out _).ShouldBeFalse();
        Duration.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, "1ms")]
    [InlineData(1_500, "1500ms")]
    [InlineData(90_000, "90s")]
    [InlineData(3_600_000, "1h")]
    [InlineData(86_400_000, "1d")]
    public void The_largest_unit_that_fits_is_written(long milliseconds, string text) => new Duration(milliseconds).ToString().ShouldBe(text);
}
