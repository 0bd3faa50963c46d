using System.Text;
using Worcr.Core.Rules;

namespace Worcr.Unit.Core.Rules;

public sealed class ArgPathsTests
{
    [Theory]
    [InlineData("""{"shop":{"id":7}}""", "shop.id", "7")]
    [InlineData("""{"shop":{"id":7.0}}""", "shop.id", "7")]
    [InlineData("""{"shop":{"id":7e0}}""", "shop.id", "7")]
    [InlineData("""{"shop":{"id":"7"}}""", "shop.id", "7")]
    [InlineData("""{"shop":{"id":true}}""", "shop.id", "true")]
    [InlineData("""{"shop":{"id":null}}""", "shop.id", "null")]
    [InlineData("""{"shop":{"id":[7]}}""", "shop.id", null)]
    [InlineData("""{"shop":{"id":{}}}""", "shop.id", null)]
    [InlineData("""{"shop":{}}""", "shop.id", null)]
    [InlineData("""{"shop":7}""", "shop.id", null)]
    [InlineData("""[{"shop":7}]""", "shop", null)]
    [InlineData("""{"a":1,"a":2}""", "a", "2")]
    [InlineData("7", "shop", null)]
    public void A_value_is_written_the_same_however_it_was_given(string args, string path, string? value) =>
        ArgPaths.Read(Encoding.UTF8.GetBytes(args), [path]).ShouldBe([new ArgValue(path, value)]);

    [Fact]
    public void A_long_value_stands_as_its_hash()
    {
        var one = Read(new string('a', 256));
        one!.Length.ShouldBeLessThan(ArgPaths.MaxText);
        one.ShouldStartWith("sha256:");
        Read(new string('a', 257)).ShouldNotBe(one);
        Read(new string('a', 255)).ShouldBe(new string('a', 255));
    }

    private static string? Read(string text) => ArgPaths.Read(Encoding.UTF8.GetBytes($$"""{"a":"{{text}}"}"""), ["a"])[0].Value;
}
