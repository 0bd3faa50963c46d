using System.Text;
using Worcr.Core.Rules;

namespace Worcr.Unit.Core.Rules;

public sealed class ArgPathsTests
{
    [Theory]
    [InlineData("""{"shop":{"id":7}}""", "7")]
    [InlineData("""{"shop":{"id":7.0e0}}""", "7")]
    [InlineData("""{"shop":{"id":"a"}}""", "a")]
    [InlineData("""{"shop":{"id":null}}""", "null")]
    [InlineData("""{"shop":{"id":[1]}}""", null)]
    [InlineData("""{"shop":7}""", null)]
    [InlineData("null", null)]
    [InlineData("""{"shop":{"id":"\ud800"}}""", null)]
    [InlineData("""{"\ud800\ud800":1,"shop":{"\udc00z":1,"id":1}}""", "1")]
    public void A_value_is_read_or_there_is_none(string args, string? text) =>
        ArgPaths.Read(Encoding.UTF8.GetBytes(args), ["shop.id"]).ShouldBe([new ArgValue("shop.id", text)]);
}
