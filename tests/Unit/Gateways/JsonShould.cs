using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways;

/// <summary>Compares JSON by what it says, not by how it is written.</summary>
internal static class JsonShould
{
    public static void ShouldBeSameJsonAs(this JsonNode actual, JsonNode expected) =>
        JsonNode.DeepEquals(actual, expected).ShouldBeTrue($"{actual.ToJsonString()} should be {expected.ToJsonString()}");
}
