using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What a client says of itself.</summary>
/// <param name="Version">Of the protocol.</param>
/// <param name="Worker">The wid of a consumer, or null.</param>
/// <param name="Hash">The password's, or null.</param>
internal sealed record FaktoryHello(long Version, string? Worker, string? Hash)
{
    private const int MinIterations = 4_000;
    private const int MaxIterations = 8_095;
    private static readonly byte[] Verb = "HELLO {"u8.ToArray();

    /// <summary>The server's greeting, and what it demands.</summary>
    public static (string Line, string Salt, int Iterations) Challenge(bool withPassword)
    {
        if (!withPassword) return ("+HI {\"v\":2}", "", 0);
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var iterations = RandomNumberGenerator.GetInt32(MinIterations, MaxIterations + 1);
        return (string.Create(CultureInfo.InvariantCulture, $"+HI {{\"v\":2,\"i\":{iterations},\"s\":\"{salt}\"}}"), salt, iterations);
    }

    /// <summary>Reads the client's answer; null when it is none.</summary>
    public static FaktoryHello? Read(ReadOnlyMemory<byte> line)
    {
        if (!line.Span.StartsWith(Verb)) return null;
        try
        {
            using var json = FaktoryJson.ParseObject(line[(Verb.Length - 1)..]);
            return Read(json.RootElement);
        }
        catch (FaktoryException)
        {
            return null;
        }
    }

    /// <summary>Whether the client knows the password; takes the same time whatever is wrong.</summary>
    public bool Knows(string password, string salt, int iterations) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(HashOf(password, salt, Version < 2 ? 1 : iterations)), Encoding.UTF8.GetBytes(Hash ?? ""));

    /// <summary>SHA-256 so many times in all.</summary>
    public static string HashOf(string password, string salt, int iterations)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(password + salt));
        for (var i = 1; i < iterations; i++) SHA256.HashData(hash, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static FaktoryHello Read(JsonElement json) => new(json.Whole("v") ?? 2, json.Text("wid") is { Length: > 0 } wid ? wid : null, json.Text("pwdhash"));
}
