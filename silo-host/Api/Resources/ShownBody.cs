using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>
/// How a resource is read: strictly, but for the figures that are shown with it. These are passed over, so that what <c>GET</c> shows can be changed and <c>PUT</c> back
/// (members that are <c>readOnly</c>, as OpenAPI calls it).
/// </summary>
internal static class ShownBody
{
    /// <summary>How a body is read whose document shows more than can be put.</summary>
    /// <typeparam name="TBody">What is put.</typeparam>
    /// <typeparam name="TDocument">What is shown.</typeparam>
    public static JsonTypeInfo<TBody> Of<TBody, TDocument>()
    {
        var shown = ProtocolJson.Default.GetTypeInfo(typeof(TDocument))!.Properties;
        var options = new JsonSerializerOptions(StrictProtocolJson.Default.Options)
        {
            TypeInfoResolver = StrictProtocolJson.Default.WithAddedModifier(info =>
            {
                if (info.Type == typeof(TBody)) PassOver(info, shown);
            }),
        };
        return (JsonTypeInfo<TBody>)options.GetTypeInfo(typeof(TBody));
    }

    private static void PassOver(JsonTypeInfo body, IList<JsonPropertyInfo> shown)
    {
        var known = body.Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in shown.Select(p => p.Name).Where(known.Add))
        {
            var figure = body.CreateJsonPropertyInfo(typeof(JsonElement), name);
            figure.Set = static (_, _) => { };
            body.Properties.Add(figure);
        }
    }
}
