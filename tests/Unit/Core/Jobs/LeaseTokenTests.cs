using FsCheck;
using FsCheck.Fluent;

namespace Worcr.Unit.Core.Jobs;

public sealed class LeaseTokenTests
{
    [Fact]
    public void Every_token_can_be_read_back() => Prop.ForAll<long, int, uint>((seq, attempt, nonce) =>
    {
        var token = new LeaseToken(seq & long.MaxValue, attempt & int.MaxValue, nonce);
        return LeaseToken.TryParse(token.ToString(), out var read) && read == token;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_token_has_the_length_that_is_promised()
    {
        var text = new LeaseToken(long.MaxValue, int.MaxValue, uint.MaxValue).ToString();
        text.Length.ShouldBe(LeaseToken.MaxLength);
        LeaseToken.TryParse(text, out _).ShouldBeTrue();
    }

    [Fact]
    public void What_can_be_read_is_written_the_same_but_for_case_and_leading_zeros() => Prop.ForAll<string>(text =>
        !LeaseToken.TryParse(text, out var token) || token.ToString().Length <= text.Length).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("1")]
    [InlineData("1-1")]
    [InlineData("-1-00000001")]
    [InlineData("1--00000001")]
    [InlineData("1-1-")]
    [InlineData("1-1-0000001")]
    [InlineData("1-1-000000001")]
    [InlineData("1-1-00000001-")]
    [InlineData("1-1-00000001-1")]
    [InlineData("1-1-1-00000001")]
    [InlineData("--1-00000001")]
    [InlineData("g-1-00000001")]
    [InlineData("1-g-00000001")]
    [InlineData("1-1-0000000g")]
    [InlineData(" 1-1-00000001")]
    [InlineData("1 -1-00000001")]
    [InlineData("1-1-00000001 ")]
    [InlineData("1-+1-00000001")]
    [InlineData("0x1-1-00000001")]
    [InlineData("1-1-\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0661")]
    [InlineData("8000000000000000-1-00000001")]
    [InlineData("ffffffffffffffff-1-00000001")]
    [InlineData("00000000000000001-1-00000001")]
    [InlineData("1-80000000-00000001")]
    [InlineData("1-ffffffff-00000001")]
    [InlineData("1-100000000-00000001")]
    [InlineData("1\0-1-00000001")]
    [InlineData("1-1-0000001\0")]
    public void Nothing_else_is_a_token(string text)
    {
        LeaseToken.TryParse(text, out var token).ShouldBeFalse();
        token.ShouldBe(default);
    }
}
