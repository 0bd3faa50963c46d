using System.Text;
using System.Text.Json;
using Worcr.SiloHost.Gateways.Workq;

namespace Worcr.Unit.Gateways.Workq;

public sealed class WorkqPayloadTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"Pong!\"")]
    [InlineData(" {\"a\": [1, 2.50]}\r\n")]
    [InlineData("{\"$base64\": \"UGluZw==\"}")]
    [InlineData("{\"$base64\":\"UGluZw==\",\"more\":1}")]
    [InlineData("{\"$base64\":\"no base64!\"}")]
    public void Json_stays_as_it_is(string text) => ToJson(text).ShouldBe(text);

    [Theory]
    [InlineData("", "{\"$base64\":\"\"}")]
    [InlineData("Ping", "{\"$base64\":\"UGluZw==\"}")]
    [InlineData("{\"a\":", "{\"$base64\":\"eyJhIjo=\"}")]
    [InlineData("1 2", "{\"$base64\":\"MSAy\"}")]
    [InlineData("\"\u00ff\"", "{\"$base64\":\"Iv8i\"}")]
    [InlineData("\"\\ud800\"", "{\"$base64\":\"Ilx1ZDgwMCI=\"}")]
    [InlineData("\u00ef\u00bb\u00bf1", "{\"$base64\":\"77u/MQ==\"}")]
    [InlineData("{\"$base64\":\"\"}", "{\"$base64\":\"eyIkYmFzZTY0IjoiIn0=\"}")]
    public void Anything_else_is_wrapped(string text, string json) => ToJson(text).ShouldBe(json);

    [Fact]
    public void What_nests_too_deep_for_other_clients_is_wrapped()
    {
        ToJson(new string('[', 63) + new string(']', 63)).ShouldStartWith("[");
        ToJson(new string('[', 64) + new string(']', 64)).ShouldStartWith("{\"$base64\"");
    }

    [Fact]
    public void Jobs_without_arguments_have_an_empty_result_and_the_word_null() =>
        (WorkqPayload.FromJson(null), Encoding.UTF8.GetString(WorkqPayload.FromJson("null"u8.ToArray()))).ShouldBe(([], "null"));

    [Fact]
    public void Every_block_comes_back_as_it_was()
    {
        var chance = new Random(4711);
        byte[][] seeds = ["{\"$base64\":\"UGluZw==\"}"u8.ToArray(), "{\"$base64\":\"\"}"u8.ToArray(), "[1,{\"a\":\"\\u00e4\"}]"u8.ToArray(), "\"text\""u8.ToArray()];
        for (var i = 0; i < 100_000; i++)
        {
            var block = WorkqFuzz.Next(chance, seeds);
            var json = WorkqPayload.ToJson(block);
            using (JsonDocument.Parse(json))
            {
                WorkqPayload.FromJson(json).ShouldBe(block);
            }
        }
    }

    private static string ToJson(string latin1)
    {
        var block = Encoding.Latin1.GetBytes(latin1);
        var json = WorkqPayload.ToJson(block);
        WorkqPayload.FromJson(json).ShouldBe(block);
        return Encoding.Latin1.GetString(json);
    }
}
