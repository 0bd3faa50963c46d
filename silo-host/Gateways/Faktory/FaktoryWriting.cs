using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Writes JSON.</summary>
internal static class FaktoryWriting
{
    /// <summary>An object with these members.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
