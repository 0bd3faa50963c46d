using System.Text.Json;

namespace Worcr.Store.Image;

/// <summary>The stored form of <see cref="LaneShape.Args"/>: a JSON array of <c>[path, value]</c>, null for none. JSON keeps what a text column refuses (NUL).</summary>
internal static class LaneArgs
{
    /// <summary>The stored form.</summary>
    public static string? Encode(ArgValue[] args) => args.Length == 0 ? null : JsonSerializer.Serialize(Array.ConvertAll(args, Pair));

    /// <summary>Reads the stored form.</summary>
    public static ArgValue[] Decode(string? stored) =>
        stored is null ? [] : Array.ConvertAll(JsonSerializer.Deserialize<string?[][]>(stored) ?? [], pair => new ArgValue(pair[0]!, pair[1]));

    private static string?[] Pair(ArgValue arg) =>
        [StoredText.CheckUnicode(arg.Path, "a path"), arg.Value is null ? null : StoredText.CheckUnicode(arg.Value, "an argument's value")];
}
