using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.Unit.Api;

namespace Worcr.Unit.Protocol;

/// <summary>The wire as it is written down; a change of the wire shows here and in the vectors' diff.</summary>
public sealed class RestVectorTests
{
    public static TheoryData<string> Names => [.. RestVector.All.Select(v => v.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_message_survives_reading_and_writing(string name)
    {
        var vector = RestVector.All.Single(v => v.Name == name);
        var type = ProtocolJson.Default.GetTypeInfo(vector.WireType)!;
        var value = JsonSerializer.Deserialize(vector.Message.ToJsonString(), type);
        var written = JsonNode.Parse(JsonSerializer.Serialize(value, type));
        WithoutNullArgs(written!).ToJsonString().ShouldBe(WithoutNullArgs(vector.Message).ToJsonString());
    }

    [Theory, MemberData(nameof(Names))]
    public void The_server_takes_what_clients_send(string name)
    {
        var vector = RestVector.All.Single(v => v.Name == name);
        if (vector.Direction != "client-to-server") return;
        var body = Encoding.UTF8.GetBytes(vector.Message.ToJsonString());
        if (vector.WireType == typeof(JobRequest)) BatchParser.Parse(body, new ParseCaches(), new FakeClock().NowMs).Fault.ShouldBeNull();
        else JsonSerializer.Deserialize(body, StrictProtocolJson.Default.GetTypeInfo(vector.WireType)!).ShouldNotBeNull();
    }

    [Fact]
    public void Every_wire_type_of_the_rest_api_has_a_vector()
    {
        var listed = typeof(ProtocolJson).GetCustomAttributesData().Where(a => a.AttributeType == typeof(JsonSerializableAttribute))
            .Select(a => (Type)a.ConstructorArguments[0].Value!).Where(t => t.Namespace == "Worcr.Protocol").ToList();
        listed.Count.ShouldBeGreaterThan(10);
        listed.Where(t => !RestVector.All.Any(v => v.WireType == t || Holds(v.WireType, t) || Holds(t, v.WireType))).ShouldBeEmpty();
    }

    private static bool Holds(Type outer, Type inner) => outer.GetProperties().Any(p => p.PropertyType.GenericTypeArguments.Contains(inner));

    /// <summary>A JSON null as arguments reads as none.</summary>
    private static JsonNode WithoutNullArgs(JsonNode node)
    {
        var copy = node.DeepClone();
        if (copy is JsonObject members && members.TryGetPropertyValue("args", out var args) && args is null) members.Remove("args");
        return copy;
    }
}
